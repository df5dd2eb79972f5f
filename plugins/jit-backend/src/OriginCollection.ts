import { ConflictError } from '@backstage/errors';
import {
  JitOrigin,
  JitOriginsExtensionPoint,
} from '@backstage-jit/plugin-jit-node';

/** What leases can be made for, by type, as modules say before the plugin starts. */
export class OriginCollection implements JitOriginsExtensionPoint {
  readonly origins = new Map<string, JitOrigin>();

  addOrigin(...origins: JitOrigin[]): void {
    for (const origin of origins) {
      if (this.origins.has(origin.type)) {
        throw new ConflictError(`There are two origins ${origin.type}`);
      }
      this.origins.set(origin.type, origin);
    }
  }
}
