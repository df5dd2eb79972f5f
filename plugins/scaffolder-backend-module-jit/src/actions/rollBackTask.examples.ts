import { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

export const examples: TemplateExample[] = [
  {
    description: 'End what the task made when a later step fails',
    example: stringify({
      steps: [
        {
          id: 'database',
          name: 'Make the database',
          action: 'jit:environment:create',
          input: {
            profileId: 'orders-scratch',
            entityRef: 'component:default/orders-service',
          },
        },
        {
          id: 'work',
          name: 'Fill it',
          action: 'debug:log',
          input: { message: 'This stands for a step that may fail' },
        },
        {
          id: 'rollback',
          name: 'End what was made, as a step failed',
          if: '${{ failure() }}',
          action: 'jit:task:rollback',
        },
      ],
    }),
  },
];
