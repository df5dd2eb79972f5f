import { ANNOTATION_ORIGIN_LOCATION, Entity } from '@backstage/catalog-model';
import { JsonObject } from '@backstage/types';

export const REMOVE_PAGE = 'template:default/remove-page';
/** Has the output `gone`. */
export const LOOK_FOR_PAGE = 'template:default/look-for-page';
/** Where they come from. */
export const TEMPLATES_LOCATION = 'file:/catalog/templates/pages.yaml';

/** Templates of one step about a page, whose name is their parameter. */
export const PAGE_TEMPLATES: Entity[] = [
  template('remove-page', { action: 'test:page:remove' }),
  template('look-for-page', {
    action: 'test:page:look',
    output: { gone: '${{ steps.page.output.gone }}' },
  }),
];

function template(
  name: string,
  { action, output }: { action: string; output?: JsonObject },
): Entity {
  return {
    apiVersion: 'scaffolder.backstage.io/v1beta3',
    kind: 'Template',
    metadata: {
      name,
      namespace: 'default',
      annotations: { [ANNOTATION_ORIGIN_LOCATION]: TEMPLATES_LOCATION },
    },
    spec: {
      type: 'test',
      parameters: {
        type: 'object',
        required: ['name'],
        properties: { name: { type: 'string', pattern: '^[a-z0-9-]+$' } },
      },
      steps: [
        { id: 'page', action, input: { name: '${{ parameters.name }}' } },
      ],
      ...(output && { output }),
    },
  };
}
