import { NotAllowedError } from '@backstage/errors';
import { LeaseRecord } from '../../leases/records';
import { isSameThing } from '../../policy';
import { RequestedPart } from '../RequestDraft';

/**
 * What is extended is what the lease holds: where the profile gives something else by now, that can only be asked for anew.
 *
 * @param parts - as the rules have them now, in the order of the leases
 * @throws NotAllowedError naming the profile
 */
export function assertSameThings(
  parts: Array<Pick<RequestedPart, 'pinned'>>,
  leases: LeaseRecord[],
): void {
  leases.forEach((lease, index) => {
    const { content } = parts[index].pinned;
    if (!isSameThing(content, lease)) {
      throw new NotAllowedError(
        `${content.title} gives something else by now than lease ${lease.id} holds: that can be asked for anew`,
      );
    }
  });
}
