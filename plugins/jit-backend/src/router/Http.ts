import { HttpAuthService } from '@backstage/backend-plugin-api';
import { Request, Response } from 'express';
import { noteForAudit } from '../audit/notes';
import { Ledger } from '../database/Ledger';
import { Instant } from '../leases/records';
import { Caller } from '../rights/Caller';
import { CallerFactory } from '../rights/CallerFactory';
import { IdempotentCalls, WriteCall } from './IdempotentCalls';

/** What every route needs: who calls, what time it is, and how an answer goes out. */
export class Http {
  readonly #httpAuth: HttpAuthService;
  readonly #callers: CallerFactory;
  readonly #ledger: Ledger;
  readonly #calls: IdempotentCalls;

  constructor(options: {
    httpAuth: HttpAuthService;
    callers: CallerFactory;
    ledger: Ledger;
  }) {
    this.#httpAuth = options.httpAuth;
    this.#callers = options.callers;
    this.#ledger = options.ledger;
    this.#calls = new IdempotentCalls({ ledger: options.ledger });
  }

  async callerOf(req: Request): Promise<Caller> {
    const credentials = await this.#httpAuth.credentials(req, {
      allow: ['user', 'service'],
    });
    const caller = this.#callers.fromCredentials(credentials, {
      readOnly: req.method === 'GET',
    });
    noteForAudit(req, { via: caller.via });
    return caller;
  }

  /** The database's time. */
  async now(): Promise<Instant> {
    return await this.#ledger.clock.now(this.#ledger.knex);
  }

  /** Answers with what was found, and the time at which it was so. */
  async answer(
    res: Response,
    body: (now: Instant) => object,
    status: number = 200,
  ): Promise<void> {
    const now = await this.now();
    res.status(status).json(withTime(body(now), now));
  }

  /** Makes a call that writes, once for each Idempotency-Key. */
  async write<TResult>(
    req: Request,
    res: Response,
    call: Omit<WriteCall<TResult>, 'caller'>,
  ): Promise<void> {
    const { status, body } = await this.#calls.make(req, {
      ...call,
      caller: await this.callerOf(req),
      answer: (result, now) => withTime(call.answer(result, now), now),
    });
    res.status(status).json(body);
  }
}

function withTime(body: object, now: Instant): object {
  return { ...body, now: new Date(now).toISOString() };
}
