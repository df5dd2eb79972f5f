import { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

export const examples: TemplateExample[] = [
  {
    description: 'Whatever an earlier step made is removed after two days',
    example: stringify({
      steps: [
        {
          id: 'page',
          name: 'Make a page',
          action: 'debug:log',
          input: { message: 'This stands for the step that makes something' },
        },
        {
          id: 'end',
          name: 'Give it an end',
          action: 'jit:teardown:register',
          input: {
            profileId: 'preview-page',
            values: { name: 'spring-sale' },
            duration: '2d',
          },
        },
      ],
    }),
  },
];
