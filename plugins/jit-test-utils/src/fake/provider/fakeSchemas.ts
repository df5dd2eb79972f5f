import { z } from 'zod';
import { MAIN_SYSTEM } from '../outside/FakeOutside';

/**
 * The settings of a connection of type `fake`.
 *
 * @public
 */
export interface FakeConnection {
  /** Of the outside world's server; not needed by a provider that was given its world. */
  url?: string;
  /** Which of the world's systems; `main` when not given. */
  system: string;
  /** Serves to be looked for in logs and errors. */
  password?: string;
  /** What may be given: nothing unless named. */
  ceiling: { names: string[] };
}

/** @public */
export interface FakeParams {
  /** What is given, as a role or a group. */
  name: string;
}

/** @public */
export interface FakeHandle {
  v: 1;
  key: string;
  /** Of an asynchronous provider: the request that was last started. */
  requestId?: string;
  requested?: 'put' | 'remove';
  /** Of an ordered provider: how many parts were made, or are left to remove. */
  made?: number;
  left?: number;
}

export const fakeConnectionSchema: z.ZodType<FakeConnection> = z.strictObject({
  url: z.url().optional(),
  system: z.string().min(1).default(MAIN_SYSTEM),
  password: z.string().optional(),
  ceiling: z
    .strictObject({ names: z.array(z.string()).default([]) })
    .default({ names: [] }),
});

export const fakeParamsSchema: z.ZodType<FakeParams> = z.strictObject({
  name: z.string().min(1).max(200),
});
