import { LoggerService } from '@backstage/backend-plugin-api';
import { ContextFinding } from '@backstage-jit/plugin-jit-common';
import {
  ContextAnswer,
  ContextQuestion,
  JitContextSource,
} from '@backstage-jit/plugin-jit-node';
import {
  configError,
  ConfigProblem,
  problemsOf,
} from '../config/configProblems';
import { ContextSourceConfig } from '../config/JitConfig';
import { Profile } from '../policy';
import { groupNames } from '../policy/patterns';
import { isStorableText } from '../policy/text';
import { withTimeout } from '../policy/withTimeout';

const TIMEOUT_MS = 5_000;
const LONGEST_ANSWER = 200;

interface Source {
  type: JitContextSource;
  settings: unknown;
}

/**
 * The context sources in config, each as its type reads it.
 */
export class ContextSources {
  readonly #sources: Map<string, Source>;
  readonly #logger: LoggerService;
  readonly #timeoutMs: number;

  private constructor(options: {
    sources: Map<string, Source>;
    logger: LoggerService;
    timeoutMs?: number;
  }) {
    this.#sources = options.sources;
    this.#logger = options.logger;
    this.#timeoutMs = options.timeoutMs ?? TIMEOUT_MS;
  }

  /**
   * @throws InputError with the path of each key that is wrong
   */
  static create(options: {
    contextSources: ContextSourceConfig[];
    types: ReadonlyMap<string, JitContextSource>;
    profiles: Profile[];
    logger: LoggerService;
    /** How long one source may take to answer; 5 seconds when not given. */
    timeoutMs?: number;
  }): ContextSources {
    const { contextSources, types, profiles } = options;
    const problems: ConfigProblem[] = [];
    const sources = new Map<string, Source>();
    for (const { name, type: typeName, settings } of contextSources) {
      const type = types.get(typeName);
      if (!type) {
        problems.push({
          path: `jit.contextSources.${name}.type`,
          message: `is not one of ${[...types.keys()].join(', ')}`,
        });
        continue;
      }
      const read = type.settingsSchema.safeParse(settings);
      if (!read.success) {
        problems.push(
          ...problemsOf(read.error, ['jit', 'contextSources', name]),
        );
      }
      sources.set(name, { type, settings: read.data });
    }
    problems.push(
      ...profiles.flatMap(profile => unusableRules(profile, sources)),
    );
    if (problems.length > 0) {
      throw configError(problems);
    }
    return new ContextSources({ ...options, sources });
  }

  /**
   * What each of the sources says, in the order of the names. Whatever goes wrong is not satisfied, and never thrown.
   */
  async ask(
    names: string[],
    question: ContextQuestion,
  ): Promise<ContextFinding[]> {
    return await Promise.all(
      names.map(async source => ({
        source,
        ...(await this.#check(source, question)),
      })),
    );
  }

  async #check(
    name: string,
    question: ContextQuestion,
  ): Promise<ContextAnswer> {
    const source = this.#sources.get(name);
    if (!source) {
      return { satisfied: false, why: 'It is not in config any more' };
    }
    const { type, settings } = source;
    const logger = this.#logger;
    const signal = AbortSignal.timeout(this.#timeoutMs);
    try {
      // It may have words of its own for having run out of time.
      const answer = await withTimeout(this.#timeoutMs + 500, () =>
        type.check(question, { settings, signal, logger }),
      );
      return shortened(answer);
    } catch {
      // What was thrown may hold a secret of the settings.
      logger.warn(`Context source ${name} could not be asked`);
      return { satisfied: false, why: 'It could not be asked' };
    }
  }
}

function unusableRules(
  { approval, reason, configPath }: Profile,
  sources: ReadonlyMap<string, Source>,
): ConfigProblem[] {
  const groups = reason.pattern ? groupNames(reason.pattern) : [];
  return (approval.auto ?? []).flatMap((rule, index): ConfigProblem[] => {
    if (rule.kind !== 'context') {
      return [];
    }
    const path = `${configPath}.approval.auto[${index}].context`;
    const source = sources.get(rule.source);
    if (!source) {
      return [{ path, message: 'is not one of jit.contextSources' }];
    }
    const missing = source.type.reasonGroups?.find(
      group => !groups.includes(group),
    );
    return missing
      ? [
          {
            path,
            message: `needs a named group (?<${missing}>…) in reason.pattern of the profile`,
          },
        ]
      : [];
  });
}

function shortened({ satisfied, why }: ContextAnswer): ContextAnswer {
  return {
    satisfied: satisfied === true,
    why: isStorableText(why)
      ? [...why].slice(0, LONGEST_ANSWER).join('')
      : 'It gave no words',
  };
}
