import { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

export const examples: TemplateExample[] = [
  {
    description: 'Ask first, do something else, then wait',
    example: stringify({
      steps: [
        {
          id: 'access',
          name: 'Ask for access',
          action: 'jit:access:request',
          input: {
            profileId: 'orders-db-read',
            entityRef: 'resource:default/orders-db',
          },
        },
        {
          id: 'ready',
          name: 'Wait until it is there',
          action: 'jit:lease:wait',
          input: {
            leaseId: '${{ steps.access.output.leaseId }}',
            wait: '10m',
          },
        },
      ],
    }),
  },
];
