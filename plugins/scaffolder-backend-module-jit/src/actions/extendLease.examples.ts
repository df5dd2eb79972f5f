import { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

export const examples: TemplateExample[] = [
  {
    description: 'Let a lease end half an hour later',
    example: stringify({
      steps: [
        {
          id: 'access',
          name: 'Ask for access',
          action: 'jit:access:request',
          input: {
            profileId: 'orders-db-read',
            entityRef: 'resource:default/orders-db',
            wait: '5m',
          },
        },
        {
          id: 'later',
          name: 'Extend it',
          action: 'jit:lease:extend',
          input: {
            leaseId: '${{ steps.access.output.leaseId }}',
            duration: '30m',
          },
        },
      ],
    }),
  },
];
