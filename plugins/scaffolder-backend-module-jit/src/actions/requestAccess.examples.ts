import { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

export const examples: TemplateExample[] = [
  {
    description: 'Ask for read access to the orders database for an hour',
    example: stringify({
      steps: [
        {
          id: 'access',
          name: 'Ask for access',
          action: 'jit:access:request',
          input: {
            profileId: 'orders-db-read',
            entityRef: 'resource:default/orders-db',
            duration: '1h',
          },
        },
      ],
    }),
  },
  {
    description: 'Wait up to five minutes until it is there',
    example: stringify({
      steps: [
        {
          id: 'access',
          name: 'Ask for access, and wait for it',
          action: 'jit:access:request',
          input: {
            profileId: 'orders-db-read',
            entityRef: 'resource:default/orders-db',
            reason: 'OPS-123 fix order 9',
            wait: '5m',
          },
        },
      ],
    }),
  },
];
