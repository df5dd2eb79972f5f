import {
  AuditorService,
  AuditorServiceEvent,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { JsonObject } from '@backstage/types';
import { ErrorRequestHandler, Request, RequestHandler } from 'express';
import { finished } from 'node:stream';
import { Schema } from '../schema/shapes';
import { AuditedCall } from './AuditedCall';
import { noteForAudit, notesOf } from './notes';

const LONGEST_TEXT = 200;

interface KnownCall extends AuditedCall {
  method: string;
  path: RegExp;
}

/**
 * Tells the auditor of each call before it is made, and how it went when its answer has gone out. A call that the auditor cannot be told of
 * is not made.
 */
export function auditCalls(options: {
  auditor: AuditorService;
  logger: LoggerService;
  /** Of the API's document. */
  paths: Record<string, Schema>;
}): RequestHandler {
  const { auditor, logger } = options;
  const calls = knownCalls(options.paths);
  return (req, res, next) => {
    const method = req.method === 'HEAD' ? 'GET' : req.method;
    const call = calls.find(
      each => each.method === method && each.path.test(req.path),
    );
    if (!call) {
      next();
      return;
    }
    const { eventId, severityLevel, anonymous } = call;
    auditor
      .createEvent({
        eventId,
        severityLevel,
        ...(!anonymous && { request: req }),
        meta: { ...call.path.exec(req.path)?.groups },
      })
      .then(event => {
        finished(res, cutOff => {
          const status = cutOff ? undefined : res.statusCode;
          tell(event, { req, call, status }).catch(error => {
            logger.warn('The auditor could not be told how a call went', {
              eventId,
              error: error.name,
            });
          });
        });
        next();
      })
      .catch(next);
  };
}

/** Notes why a call was refused. What comes here is in our own words. */
export const noteRefusal: ErrorRequestHandler = (error, req, _res, next) => {
  noteForAudit(req, { refusal: shorten(String(error.message)) });
  next(error);
};

async function tell(
  event: AuditorServiceEvent,
  outcome: { req: Request; call: AuditedCall; status?: number },
): Promise<void> {
  const { req, call, status } = outcome;
  const { refusal, ...notes } = notesOf(req);
  const meta = { ...told(req.body, call.tells), ...notes, status };
  if (status !== undefined && status < 400) {
    await event.success({ meta });
    return;
  }
  await event.fail({
    meta,
    error: new Error(String(refusal ?? 'The answer did not go out whole')),
  });
}

/** The plain values that a body has for these fields. */
function told(body: unknown, fields: string[] = []): JsonObject {
  const values = (body ?? {}) as Record<string, unknown>;
  const entries = fields.flatMap(field => {
    const value = values[field];
    return typeof value === 'object' || value === undefined
      ? []
      : [[field, shorten(String(value))]];
  });
  return Object.fromEntries(entries);
}

function shorten(text: string): string {
  return text.slice(0, LONGEST_TEXT);
}

function knownCalls(paths: Record<string, Schema>): KnownCall[] {
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({
      ...((operation as Schema)['x-audit'] as AuditedCall),
      method: method.toUpperCase(),
      path: patternOf(path),
    })),
  );
}

/** What stands in the path goes by the name of its parameter. */
function patternOf(path: string): RegExp {
  return new RegExp(`^${path.replace(/\{([^}]+)\}/g, '(?<$1>[^/]+)')}/?$`);
}
