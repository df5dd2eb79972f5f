import { ConflictError, InputError } from '@backstage/errors';
import { Request } from 'express';
import { createHash } from 'node:crypto';
import stringify from 'safe-stable-stringify';
import { Ledger } from '../database/Ledger';
import { AnswerKey } from '../database/operations/idempotency/AnswerKey';
import { beginAnswer } from '../database/operations/idempotency/beginAnswer';
import { forgetAnswer } from '../database/operations/idempotency/forgetAnswer';
import { keepAnswer } from '../database/operations/idempotency/keepAnswer';
import { WriteOptions } from '../leases/LeaseService';
import { Instant } from '../leases/records';
import { Caller } from '../rights/Caller';

/** A call that writes. */
export interface WriteCall<TResult> {
  caller: Caller;
  /** Of the answer; 200 when not given. */
  status?: number;
  act: (options: WriteOptions<TResult>) => Promise<TResult>;
  answer: (result: TResult, now: Instant) => object;
}

interface Answer {
  status: number;
  body: object;
}

/**
 * Makes each call with an Idempotency-Key once, however often it is sent: repeated, it gets the first one's answer.
 */
export class IdempotentCalls {
  readonly #ledger: Ledger;

  constructor(options: { ledger: Ledger }) {
    this.#ledger = options.ledger;
  }

  /** @throws ConflictError when the key stood for another body, or its call is not done yet */
  async make<TResult>(req: Request, call: WriteCall<TResult>): Promise<Answer> {
    const { knex, clock } = this.#ledger;
    const { caller, status = 200, act, answer } = call;
    const key = readKey(req);
    if (key === undefined) {
      let body: object | undefined;
      const result = await act({
        caller,
        also: async (_ledger, written, now) => {
          body = answer(written, now);
        },
      });
      return { status, body: body ?? answer(result, await clock.now(knex)) };
    }

    const id: AnswerKey = {
      caller: hash([caller.actor, caller.via]),
      call: hash([req.method, req.path]),
      key,
    };
    const begun = await beginAnswer(this.#ledger, {
      ...id,
      bodyHash: hash(req.body ?? {}),
    });
    switch (begun.type) {
      case 'answered':
        return { status: begun.status, body: JSON.parse(begun.answer) };
      case 'other-body':
        throw new ConflictError(
          'The same Idempotency-Key was sent with another body',
        );
      case 'in-progress':
        throw new ConflictError(
          'The call with this Idempotency-Key is being worked on: try again for its answer',
        );
      default:
    }

    const kept = { ...id, until: begun.until, status };
    let text: string | undefined;
    try {
      const result = await act({
        caller,
        also: async (ledger, written, now) => {
          text = JSON.stringify(answer(written, now));
          await keepAnswer(ledger, { ...kept, answer: text });
        },
      });
      if (text === undefined) {
        text = JSON.stringify(answer(result, await clock.now(knex)));
        await keepAnswer(this.#ledger, { ...kept, answer: text });
      }
      return { status, body: JSON.parse(text) };
    } catch (error) {
      await forgetAnswer(this.#ledger, kept);
      throw error;
    }
  }
}

/** @throws InputError for a key that is no plain text */
function readKey(req: Request): string | undefined {
  const key = req.header('idempotency-key');
  if (key !== undefined && !/^[\x21-\x7e]{1,255}$/.test(key)) {
    throw new InputError(
      'Idempotency-Key must be 1 to 255 plain characters without spaces',
    );
  }
  return key;
}

function hash(value: unknown): string {
  return createHash('sha256')
    .update(stringify(value) ?? '')
    .digest('hex');
}
