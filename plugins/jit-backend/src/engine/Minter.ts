import { ServiceUnavailableError } from '@backstage/errors';
import { IssuedCredentials } from '@backstage-jit/plugin-jit-common';
import { Claim } from '../database/operations/engine/Claim';
import { beginMint, MintDecision, MintOrder } from '../leases/beginMint';
import { Failure } from '../leases/records';
import { CallOutcome } from '../leases/CallOutcome';
import { CallMaker } from './CallMaker';
import { ClaimKeeper } from './ClaimKeeper';
import { CommitQueue } from './CommitQueue';
import { EngineOptions } from './DefaultJitEngine';
import { endingWith } from './endingWith';
import { NOT_SENT } from './ProviderCaller';
import { SurroundingsOf } from './surroundingsOf';
import { TurnTaker } from './TurnTaker';

/** Mints credentials under a claim: the intent is committed, the call is made, and the turns after it see how it came out. */
export class Minter {
  constructor(
    private readonly options: Pick<EngineOptions, 'systems' | 'failpoint'> & {
      keeper: ClaimKeeper;
      commits: CommitQueue;
      caller: CallMaker;
      surroundingsOf: SurroundingsOf;
      turns: TurnTaker;
    },
  ) {}

  /** @returns the credentials, or why there are none, and apart from that the rest of the work under the claim */
  mint(
    claim: Claim,
    held: AbortSignal,
    order: MintOrder,
  ): { credentials: Promise<IssuedCredentials>; rest: Promise<void> } {
    const { turns } = this.options;
    const minting = this.mintUnder(claim, held, order);
    return {
      credentials: minting.then(({ answer }) => {
        if ('failure' in answer) {
          throw noCredentials(answer.failure);
        }
        return answer.credentials;
      }),
      rest: minting.then(
        ({ outcome }) => turns.goOn(claim, held, outcome),
        () => turns.letGo(claim),
      ),
    };
  }

  private async mintUnder(claim: Claim, held: AbortSignal, order: MintOrder) {
    const { systems, keeper, caller, failpoint } = this.options;
    const gate = await systems.gate(claim);
    const since = performance.now();
    const minting = await this.commitIntent(claim, gate, order);
    await failpoint?.('intent-committed', minting.call);
    const answer: { credentials: IssuedCredentials } | { failure: Failure } =
      keeper.isSure(claim)
        ? await caller.mint(minting.view, minting.call, { signal: held, since })
        : { failure: NOT_SENT };
    await failpoint?.('call-answered', minting.call);
    const outcome: CallOutcome =
      'failure' in answer ? answer : { operation: 'mint' };
    return { answer: endingWith(answer, minting), outcome };
  }

  private async commitIntent(
    claim: Claim,
    gate: Parameters<SurroundingsOf>[1],
    order: MintOrder,
  ): Promise<Exclude<MintDecision, { failure: Failure }>> {
    const { commits, caller, surroundingsOf } = this.options;
    let minting: MintDecision | undefined;
    const result = await commits.commit({
      claim,
      decide: (view, facts) => {
        minting = beginMint(
          view,
          {
            ...order,
            handleOf: (lease, call) => caller.intendedHandle(view, lease, call),
          },
          surroundingsOf(claim, gate, facts),
        );
        if ('failure' in minting) {
          throw noCredentials(minting.failure);
        }
        return {
          ...minting,
          schedule: { nextAt: facts.now, turnAt: facts.now },
          keepClaim: true,
        };
      },
    });
    if (result.type === 'failed') {
      throw result.error;
    }
    if (result.type !== 'written' || !minting || 'failure' in minting) {
      throw new ServiceUnavailableError(
        'Something else happened with this lease meanwhile; try again',
      );
    }
    return minting;
  }
}

function noCredentials({ message }: Failure): ServiceUnavailableError {
  return new ServiceUnavailableError(`No credentials now: ${message}`);
}
