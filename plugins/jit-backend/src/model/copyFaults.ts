import { advance } from '../leases/advance';
import { deciding, DeliberateFault, named } from './breaking';

/** What could be wrong about last copies. */
export const COPY_FAULTS: DeliberateFault[] = [
  {
    name: 'a last copy counts while a call may still open it',
    invariant: 'copyStaysClosed',
    configuration: named('alone: a last copy, restored or not, lagging reads'),
    rules: deciding((view, input, surroundings) => {
      const { entitlement } = view;
      const heard =
        input.type === 'outcome' && entitlement.call?.operation === 'keep';
      return advance(
        heard
          ? { ...view, entitlement: { ...entitlement, fenceUntil: undefined } }
          : view,
        input,
        surroundings,
      );
    }),
  },
  {
    name: 'a thing is removed without its last copy',
    invariant: 'copyBeforeRemoval',
    configuration: named('alone: a last copy, restored or not'),
    rules: deciding((view, input, surroundings) => {
      const leases = view.leases.map(lease => ({
        ...lease,
        keepMs: undefined,
      }));
      return advance({ ...view, leases }, input, surroundings);
    }),
  },
  {
    name: 'a last copy is restored that is not there any more',
    invariant: 'restoresTheCopy',
    configuration: named('alone: a last copy, restored or not'),
    rules: deciding((view, input, surroundings) => {
      const isOver = view.leases.some(
        ({ keptUntil = Infinity }) => keptUntil <= surroundings.now,
      );
      const leases = view.leases.map(lease => ({
        ...lease,
        restores: isOver ? undefined : lease.restores,
      }));
      const decision = advance({ ...view, leases }, input, surroundings);
      return {
        ...decision,
        view: {
          ...decision.view,
          leases: decision.view.leases.map((lease, index) => ({
            ...lease,
            restores: view.leases[index].restores,
          })),
        },
      };
    }),
  },
];
