import { JsonObject } from '@backstage/types';
import { ScaffolderBench } from './ScaffolderBench';

const NAME = {
  type: 'object',
  required: ['name'],
  properties: { name: { type: 'string', pattern: '^[a-z-]+$' } },
};

const input = { name: '${{ parameters.name }}' };

/** Takes a page away. */
export const REMOVE_PAGE: JsonObject = {
  parameters: [NAME],
  steps: [{ id: 'remove', action: 'test:page:remove', input }],
};

/** Looks whether a page is gone. */
export const LOOK_FOR_PAGE: JsonObject = {
  parameters: [NAME],
  steps: [{ id: 'look', action: 'test:page:look', input }],
  output: { gone: '${{ steps.look.output.gone }}' },
};

export function putPageTemplates(bench: ScaffolderBench): void {
  bench.putTemplate('remove-page', REMOVE_PAGE);
  bench.putTemplate('look-for-page', LOOK_FOR_PAGE);
}
