import { ConflictError } from '@backstage/errors';
import { DeliberateFault, named } from './breaking';
import { RULES } from './Rules';

const DECIDED = named('alone: a later end by approval, and at once, a crash');

/** What could be wrong about later ends that people decide about. */
export const LATER_FAULTS: DeliberateFault[] = [
  {
    name: 'an approved later end is set, whatever it was moved to meanwhile',
    invariant: 'movesLater',
    configuration: DECIDED,
    rules: {
      ...RULES,
      allApproved: (view, options) => ({
        ...RULES.allApproved(view, options),
        wishes: (lease, now) => {
          const { from, byMs } = view.request.asked!.extension!;
          const { durationMs = byMs } = options.narrowing;
          if (lease.state !== 'active' || lease.endWish) {
            throw new ConflictError('It is not active');
          }
          return RULES.askForExtension(
            { ...lease, expiresAt: from, extensionAsked: undefined },
            { actor: lease.subject, now, byMs: durationMs, canExtend: true },
          );
        },
      }),
    },
  },
  {
    name: 'a lease goes on to say that people decide',
    invariant: 'waitsForPeople',
    configuration: DECIDED,
    rules: {
      ...RULES,
      closed: (view, options) => ({
        ...RULES.closed(view, options),
        wishes: undefined,
      }),
    },
  },
  {
    name: 'a later end is asked for while another waits',
    invariant: 'askedOnce',
    configuration: DECIDED,
    rules: {
      ...RULES,
      askForApproval: (lease, wisher) =>
        RULES.askForApproval({ ...lease, extensionAsked: undefined }, wisher),
    },
  },
];
