import { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

export const examples: TemplateExample[] = [
  {
    description: 'Hold access for the time of one step, and give it back',
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
          id: 'work',
          name: 'Work with it',
          action: 'debug:log',
          input: { message: 'This stands for the step that needs it' },
        },
        {
          id: 'back',
          name: 'Give it back',
          action: 'jit:lease:end',
          input: {
            leaseId: '${{ steps.access.output.leaseId }}',
            why: 'The step that needed it is done',
          },
        },
      ],
    }),
  },
];
