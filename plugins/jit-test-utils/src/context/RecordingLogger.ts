import { LoggerService } from '@backstage/backend-plugin-api';
import { JsonObject } from '@backstage/types';

/** @public */
export interface LogEntry {
  level: 'error' | 'warn' | 'info' | 'debug';
  message: string;
  meta?: unknown;
}

function withCauses(value: unknown): unknown {
  if (!(value instanceof Error)) {
    return value;
  }
  // JSON drops an error's message, and that is where secrets hide.
  const { name, message, stack } = value;
  return { ...value, name, message, stack, cause: withCauses(value.cause) };
}

/**
 * Keeps all that is logged, its children's lines too, so that a test can look for what must not be there.
 *
 * @public
 */
export class RecordingLogger implements LoggerService {
  readonly entries: LogEntry[];
  readonly #bound: JsonObject;

  constructor(options?: { entries?: LogEntry[]; meta?: JsonObject }) {
    this.entries = options?.entries ?? [];
    this.#bound = options?.meta ?? {};
  }

  error(message: string, meta?: Error | JsonObject): void {
    this.#add('error', message, meta);
  }

  warn(message: string, meta?: Error | JsonObject): void {
    this.#add('warn', message, meta);
  }

  info(message: string, meta?: Error | JsonObject): void {
    this.#add('info', message, meta);
  }

  debug(message: string, meta?: Error | JsonObject): void {
    this.#add('debug', message, meta);
  }

  child(meta: JsonObject): LoggerService {
    return new RecordingLogger({
      entries: this.entries,
      meta: { ...this.#bound, ...meta },
    });
  }

  /** All of it as one text to search in. */
  text(): string {
    return this.entries
      .map(
        entry =>
          `${entry.level} ${entry.message} ${JSON.stringify(entry.meta)}`,
      )
      .join('\n');
  }

  #add(level: LogEntry['level'], message: string, meta: unknown): void {
    this.entries.push({
      level,
      message: String(message),
      meta: { ...this.#bound, meta: withCauses(meta) },
    });
  }
}
