import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { RequestDraft } from './RequestDraft';

/** Who shall receive it, as an entity ref; undefined for oneself, or while nobody is named who could. */
export function subjectOf({ subject }: RequestDraft): string | undefined {
  const text = subject?.trim();
  if (!text) {
    return undefined;
  }
  try {
    const ref = parseEntityRef(text, {
      defaultKind: 'user',
      defaultNamespace: 'default',
    });
    return ref.kind.toLocaleLowerCase('en-US') === 'user'
      ? stringifyEntityRef(ref)
      : undefined;
  } catch {
    return undefined;
  }
}
