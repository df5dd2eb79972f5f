import {
  ConnectionContext,
  Health,
  Inspection,
  JitProvider,
  JitProviderError,
  Plan,
  Progress,
} from '@backstage-jit/plugin-jit-node';
import { Scaffolder } from '../scaffolder';
import { inspect } from './inspect';
import { revoke } from './revoke';
import { TemplateContext } from './runs';
import {
  connectionSchema,
  paramsSchema,
  ScaffolderConnection,
  TemplateHandle,
  TemplateParams,
} from './schemas';
import { trustProblem } from './templateProblem';
import { hostOf } from './verifyUrl';
import { teardownProblem } from './whyNotRegistered';

const NOBODY_LOOKS =
  'Nobody looks whether it is gone: the profile names no look after its teardown.';

type Provider = JitProvider<
  TemplateParams,
  TemplateHandle,
  ScaffolderConnection
>;
type ConnectionCall = ConnectionContext<ScaffolderConnection>;

/**
 * `scaffolder.template`: what a template has made gets an end. Granting only records it; revoking runs the teardown template that the profile
 * names, as our own service.
 */
export class ScaffolderTemplateProvider implements Provider {
  readonly id = 'scaffolder.template';
  readonly kind = 'infrastructure';
  readonly connectionType = 'scaffolder';
  readonly connectionSchema = connectionSchema;
  readonly paramsSchema = paramsSchema;
  readonly supports = {
    idle: false,
    /** Nothing outside has an end of its own, so that there is nothing to call. */
    extend: true,
    sessions: false,
    price: false,
  };
  /** A request for a task that was given up may still be on its way for so long. */
  readonly settle = { seconds: 10 };
  readonly readsLag = false;
  readonly #scaffolder: Scaffolder;
  readonly #address: string;
  readonly #send: typeof fetch;

  constructor(options: {
    scaffolder: Scaffolder;
    /** Of the portal. */
    address: string;
    /** For looks at a profile's URL. */
    send?: typeof fetch;
  }) {
    this.#scaffolder = options.scaffolder;
    this.#address = options.address;
    this.#send = options.send ?? fetch;
  }

  refusedByCeiling(
    options: Parameters<Provider['refusedByCeiling']>[0],
  ): string | undefined {
    const { teardown, verify } = options.params;
    const { name, config } = options.connection;
    const { templates, hosts } = config.ceiling;
    const refs = [
      teardown,
      ...(verify && 'template' in verify ? [verify.template] : []),
    ];
    const ref = refs.find(each => !templates.includes(each));
    if (ref) {
      return `Template ${ref} is not in the ceiling of connection '${name}'.`;
    }
    const host = verify && 'url' in verify ? hostOf(verify.url) : undefined;
    return host === undefined || hosts.includes(host)
      ? undefined
      : `Host ${host} is not in the ceiling of connection '${name}'.`;
  }

  /** The address, so that a copy of the ledger beside another scaffolder tears nothing of this one's down. */
  async identity({ connection }: ConnectionCall): Promise<string> {
    return connection.config.address ?? this.#address;
  }

  async plan(ctx: TemplateContext): Promise<Plan> {
    const { teardown, verify } = ctx.params;
    return {
      lines: [`run ${teardown} at the end`],
      refusal: await teardownProblem(this.#scaffolder, ctx),
      ...(!verify && { residual: NOBODY_LOOKS }),
    };
  }

  async grant(ctx: TemplateContext): Promise<Progress<TemplateHandle>> {
    const problem = await teardownProblem(this.#scaffolder, ctx);
    if (problem) {
      throw JitProviderError.misconfigured(`${problem}.`);
    }
    return { done: true, handle: { ...ctx.handle, v: 1, registered: true } };
  }

  async inspect(ctx: TemplateContext): Promise<Inspection> {
    return await inspect(
      { scaffolder: this.#scaffolder, send: this.#send },
      ctx,
    );
  }

  async revoke(ctx: TemplateContext): Promise<Progress<TemplateHandle>> {
    return await revoke(this.#scaffolder, ctx);
  }

  async health(ctx: ConnectionCall): Promise<Health> {
    const { templates, trustedLocations } = ctx.connection.config.ceiling;
    for (const ref of templates) {
      const template = await this.#scaffolder.getTemplate(ref, ctx);
      const problem = trustProblem({ ref, template, trustedLocations });
      if (problem) {
        return {
          ok: false,
          message: `${problem}: put it back, or take it out of the ceiling.`,
        };
      }
    }
    return { ok: true };
  }
}
