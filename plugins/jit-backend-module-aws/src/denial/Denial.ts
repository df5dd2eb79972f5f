import { OwnershipMark } from '@backstage-jit/plugin-jit-node';
import { markTag, sessionName } from '../session/sessionName';

/** One inline policy of ours on a role. Instants are epoch milliseconds by AWS's clock, in whole seconds. */
export type Denial = {
  /** When all that it denies has died by itself. */
  until: number;
} & (
  | {
      /** Denies the sessions of one lease. */
      externalName: string;
      before?: undefined;
    }
  | {
      /** Denies the sessions of all our leases on the role that were issued before. */
      before: number;
      externalName?: undefined;
    }
);

const NAME =
  /^jit-([0-9a-f]{12})-(?:([a-z][a-z0-9_]{2,39})|cutoff-([0-9a-z]+))-([0-9a-z]+)$/;

function encoded(instant: number): string {
  return Math.ceil(instant / 1000).toString(36);
}

function decoded(text: string): number {
  return parseInt(text, 36) * 1000;
}

/**
 * The policy's name, which says all that is to be known of it. So it never has to be changed: each denial is a policy of its own, with one
 * writer, and whoever writes one never has to read what others wrote.
 */
export function denialName(mark: OwnershipMark, denial: Denial): string {
  const what = denial.externalName ?? `cutoff-${encoded(denial.before!)}`;
  return `jit-${markTag(mark)}-${what}-${encoded(denial.until)}`;
}

/** @returns undefined for a policy that is not this ledger's */
export function parseDenialName(
  mark: OwnershipMark,
  name: string,
): Denial | undefined {
  const [, tag, externalName, before, until] = NAME.exec(name) ?? [];
  if (tag !== markTag(mark)) {
    return undefined;
  }
  return externalName
    ? { externalName, until: decoded(until) }
    : { before: decoded(before), until: decoded(until) };
}

/** As AWS writes instants in policies. */
export function policyInstant(instant: number): string {
  return new Date(instant).toISOString().replace(/\.\d{3}Z$/, 'Z');
}

/**
 * The policy's text. Without an end: what mints may have been under way is denied, too. It stands on the role itself, so the role's id at the
 * beginning of `aws:userid` needs no naming.
 */
export function denialDocument(mark: OwnershipMark, denial: Denial): string {
  const { externalName, before } = denial;
  const session =
    externalName === undefined
      ? `*-${markTag(mark)}`
      : sessionName({ externalName, mark });
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: {
      Effect: 'Deny',
      Action: '*',
      Resource: '*',
      Condition: {
        StringLike: { 'aws:userid': `*:${session}` },
        ...(before !== undefined && {
          DateLessThan: { 'aws:TokenIssueTime': policyInstant(before) },
        }),
      },
    },
  });
}
