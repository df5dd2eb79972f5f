import { Session } from '../connection/Session';
import { sqlState } from '../connection/sqlState';
import { dependents } from './dependents';
import { dropGroups, dropWord } from './objectKinds';
import { OwnedObject } from './ownedThings';

export interface Dropped {
  /** A line for each thing that is gone. */
  report: string[];
  /** What could not be dropped, with a sentence why. */
  blocked: Array<{ oid: number; why: string }>;
}

const DEPENDENTS_NAMED = 50;

/** Runs statements that may fail for what depends on them, without losing the transaction. */
async function attempt(session: Session, sql: string): Promise<boolean> {
  await session.query('SAVEPOINT attempt');
  try {
    await session.query(sql);
    await session.query('RELEASE SAVEPOINT attempt');
    return true;
  } catch (error) {
    // Others depend on it; or, of one that a CASCADE took along, it is no longer there.
    if (!['2BP01', '42883', '42P01', '42704'].includes(sqlState(error) ?? '')) {
      throw error;
    }
    await session.query('ROLLBACK TO SAVEPOINT attempt');
    return false;
  }
}

async function stillThere(
  session: Session,
  object: OwnedObject,
): Promise<boolean> {
  const [row] = await session.query<{ there: boolean }>(
    `SELECT EXISTS (SELECT FROM pg_shdepend
                     WHERE classid = $1::oid AND objid = $2::oid AND deptype = 'o') AS there`,
    [object.classId, object.oid],
  );
  return row.there;
}

/** Drops a thing that others depend on, with them, unless one of them is somebody else's data. */
async function dropWithDependents(
  session: Session,
  options: { object: OwnedObject; word: string; owner: number },
): Promise<{ report: string[]; why?: string }> {
  const { object, word, owner } = options;
  const name = `${object.kind} ${object.identity}`;
  const others = await dependents(session, {
    object,
    owner,
    limit: DEPENDENTS_NAMED,
  });
  const data = others.find(other => other.foreignData);
  if (data) {
    return {
      report: [],
      why: `${data.kind} ${data.identity}, which the lease does not own, depends on ${name}`,
    };
  }
  if (!(await attempt(session, `DROP ${word} ${object.identity} CASCADE`))) {
    return { report: [], why: `other things require ${name}` };
  }
  return {
    report: [
      `dropped ${name}`,
      ...others.map(
        other => `dropped ${other.kind} ${other.identity} with ${name}`,
      ),
    ],
  };
}

/**
 * Drops code that the role owns; within a transaction. Without CASCADE wherever that goes: what depends on it may be somebody else's.
 */
export async function dropCode(
  session: Session,
  options: { objects: OwnedObject[]; owner: number },
): Promise<Dropped> {
  const result: Dropped = { report: [], blocked: [] };
  const unknown = options.objects.filter(object => !dropWord(object.kind));
  for (const object of unknown) {
    const why = `${object.kind} ${object.identity} has to be removed by hand`;
    result.blocked.push({ oid: object.oid, why });
  }
  const known = options.objects.filter(object => dropWord(object.kind));
  for (const { word, things } of dropGroups(known)) {
    const names = things.map(thing => thing.identity).join(', ');
    if (await attempt(session, `DROP ${word} ${names}`)) {
      result.report.push(
        ...things.map(thing => `dropped ${thing.kind} ${thing.identity}`),
      );
      continue;
    }
    for (const object of things) {
      if (!(await stillThere(session, object))) {
        continue;
      }
      const dropped = await dropWithDependents(session, {
        object,
        word,
        owner: options.owner,
      });
      result.report.push(...dropped.report);
      if (dropped.why) {
        result.blocked.push({ oid: object.oid, why: dropped.why });
      }
    }
  }
  return result;
}
