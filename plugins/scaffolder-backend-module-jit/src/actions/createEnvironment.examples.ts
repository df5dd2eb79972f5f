import { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

export const examples: TemplateExample[] = [
  {
    description: 'A scratch database of one’s own for two hours',
    example: stringify({
      steps: [
        {
          id: 'database',
          name: 'Make the database',
          action: 'jit:environment:create',
          input: {
            profileId: 'orders-scratch',
            entityRef: 'component:default/orders-service',
            duration: '2h',
          },
        },
      ],
      output: {
        links: [
          {
            title: 'See it, extend it, end it',
            url: '${{ steps.database.output.link }}',
          },
        ],
      },
    }),
  },
  {
    description: 'One for each branch, named by the request',
    example: stringify({
      steps: [
        {
          id: 'databases',
          name: 'Make the databases',
          action: 'jit:environment:create',
          each: ['main', 'next'],
          input: {
            profileId: 'branch-scratch',
            parameters: { branch: '${{ each.value }}' },
            wait: { minutes: 5 },
          },
        },
      ],
    }),
  },
  {
    description: 'A database and access to it, as one',
    example: stringify({
      steps: [
        {
          id: 'both',
          name: 'Make the database, and access to it',
          action: 'jit:environment:create',
          input: {
            bundleId: 'scratch-with-access',
            entityRef: 'component:default/orders-service',
            duration: '2h',
          },
        },
      ],
      output: {
        links: [
          {
            title: 'The database',
            url: "${{ steps.both.output.parts['orders-scratch'].link }}",
          },
          {
            title: 'The access',
            url: "${{ steps.both.output.parts['scratch-access'].link }}",
          },
        ],
      },
    }),
  },
];
