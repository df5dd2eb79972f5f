import { ConflictError } from '@backstage/errors';
import {
  JitContextSource,
  JitContextSourcesExtensionPoint,
} from '@backstage-jit/plugin-jit-node';

/** The types of context sources, as modules add them before the plugin starts. */
export class ContextSourceCollection
  implements JitContextSourcesExtensionPoint
{
  readonly types = new Map<string, JitContextSource>();

  addContextSource(...sources: JitContextSource[]): void {
    for (const source of sources) {
      if (this.types.has(source.type)) {
        throw new ConflictError(`There are two context sources ${source.type}`);
      }
      this.types.set(source.type, source);
    }
  }
}
