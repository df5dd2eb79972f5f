import { IssuedCredentials } from '@backstage-jit/plugin-jit-common';
import {
  ConnectionContext,
  Inspection,
  JitProvider,
  JitProviderError,
  LeaseContext,
  OwnedThing,
  OwnershipMark,
  Progress,
  ProviderHandle,
} from '@backstage-jit/plugin-jit-node';
import { randomInt } from 'node:crypto';
import { z } from 'zod';
import {
  askController,
  DoorConnection,
  doorConnectionSchema,
  Send,
} from './DoorClient';

const paramsSchema = z.strictObject({ door: z.string().min(1) });

type Params = z.infer<typeof paramsSchema>;
type LeaseCall = LeaseContext<Params, ProviderHandle, DoorConnection>;
type ConnectionCall = ConnectionContext<DoorConnection>;

const codeSchema = z.object({
  id: z.string(),
  name: z.string(),
  note: z.string(),
  until: z.number(),
});

const pageSchema = z.object({
  codes: z.array(codeSchema),
  next: z.number().optional(),
});

const markSchema = z.object({
  installation: z.string(),
  ledgerId: z.string(),
  leaseId: z.string(),
});

/** `door.code`: per lease a code of its own that opens one door. */
export class DoorCodeProvider
  implements JitProvider<Params, ProviderHandle, DoorConnection>
{
  readonly id = 'door.code';
  readonly kind = 'access';
  readonly connectionType = 'door';
  readonly connectionSchema = doorConnectionSchema;
  readonly paramsSchema = paramsSchema;
  readonly supports = {
    idle: false,
    extend: true,
    sessions: false,
    price: false,
  };
  /** A request that was given up may still be on its way for so long. */
  readonly settle = { seconds: 2 };
  readonly #send: Send;

  constructor(options: { send?: Send } = {}) {
    this.#send = options.send ?? fetch;
  }

  refusedByCeiling(
    options: Parameters<
      JitProvider<Params, ProviderHandle, DoorConnection>['refusedByCeiling']
    >[0],
  ): string | undefined {
    const { door } = options.params;
    const { name, config } = options.connection;
    return config.ceiling.doors.includes(door)
      ? undefined
      : `Door '${door}' is not in the ceiling of connection '${name}'.`;
  }

  async identity(ctx: ConnectionCall): Promise<string> {
    const { body } = await this.#ask(ctx, { path: '/identity' });
    return z.object({ serial: z.string() }).parse(body).serial;
  }

  async grant(ctx: LeaseCall): Promise<Progress> {
    const { externalName, lease, mark, notAfter, params } = ctx;
    const { ours, nameTaken } = await this.#find(ctx);
    if (nameTaken) {
      throw JitProviderError.misconfigured(
        `There is a code '${externalName}' that is not ours; it is left alone.`,
      );
    }
    if (ours) {
      await this.#change(ctx, ours.id, { until: notAfter });
      return { done: true };
    }
    const note = JSON.stringify({ ...mark, leaseId: lease.id });
    const { status } = await this.#ask(ctx, {
      method: 'POST',
      path: '/codes',
      body: { name: externalName, note, door: params.door, until: notAfter },
    });
    if (status === 409) {
      throw JitProviderError.retryable(
        `A code '${externalName}' came to be at that moment.`,
      );
    }
    return { done: true };
  }

  async inspect(ctx: LeaseCall): Promise<Inspection> {
    const { ours } = await this.#find(ctx);
    return { status: ours ? 'present' : 'absent' };
  }

  async revoke(ctx: LeaseCall): Promise<Progress> {
    const { ours } = await this.#find(ctx);
    if (ours) {
      // By its id: what somebody makes under the same name meanwhile is not touched.
      await this.#ask(ctx, { method: 'DELETE', path: `/codes/${ours.id}` });
    }
    return { done: true };
  }

  async extend(ctx: LeaseCall): Promise<Progress> {
    await this.#change(ctx, await this.#idOf(ctx), { until: ctx.notAfter });
    return { done: true };
  }

  async issueCredentials(ctx: LeaseCall): Promise<IssuedCredentials> {
    const pin = Array.from({ length: 12 }, () => randomInt(10)).join('');
    const { until } = await this.#change(ctx, await this.#idOf(ctx), { pin });
    return {
      expiresAt: new Date(until).toISOString(),
      forms: [{ id: 'pin', title: 'PIN', value: pin }],
    };
  }

  async *listOwned(ctx: ConnectionCall): AsyncIterable<OwnedThing> {
    let start: number | undefined = 0;
    while (start !== undefined) {
      const { body } = await this.#ask(ctx, { path: `/codes?start=${start}` });
      const page: z.infer<typeof pageSchema> = pageSchema.parse(body);
      for (const { name, note } of page.codes) {
        const leaseId = leaseOf(note, ctx.mark);
        if (leaseId !== undefined) {
          yield { externalName: name, leaseId };
        }
      }
      start = page.next;
    }
  }

  /** The lease's code; or that somebody else's has its name. */
  async #find(ctx: LeaseCall) {
    const { body } = await this.#ask(ctx, {
      path: `/codes?name=${encodeURIComponent(ctx.externalName)}`,
    });
    const code = pageSchema.parse(body).codes.at(0);
    const isOurs = code && leaseOf(code.note, ctx.mark) !== undefined;
    return {
      ours: isOurs ? code : undefined,
      nameTaken: code !== undefined && !isOurs,
    };
  }

  /** @throws JitProviderError when there is none */
  async #idOf(ctx: LeaseCall): Promise<string> {
    const { ours } = await this.#find(ctx);
    if (!ours) {
      throw gone(ctx);
    }
    return ours.id;
  }

  async #change(ctx: LeaseCall, id: string, body: object) {
    const answer = await this.#ask(ctx, {
      method: 'PATCH',
      path: `/codes/${id}`,
      body,
    });
    if (answer.status === 404) {
      throw gone(ctx);
    }
    return codeSchema.parse(answer.body);
  }

  #ask(ctx: ConnectionCall, request: Parameters<typeof askController>[2]) {
    return askController(this.#send, ctx, request);
  }
}

/** The lease that a note names; undefined when the note is not our mark. */
function leaseOf(note: string, mark: OwnershipMark): string | undefined {
  let value: unknown;
  try {
    value = JSON.parse(note);
  } catch {
    return undefined;
  }
  const { data } = markSchema.safeParse(value);
  return data?.installation === mark.installation &&
    data.ledgerId === mark.ledgerId
    ? data.leaseId
    : undefined;
}

function gone({ externalName }: LeaseCall): JitProviderError {
  return JitProviderError.misconfigured(
    `Code '${externalName}' is no longer there: somebody removed it outside.`,
  );
}
