import { Session } from '../connection/Session';
import { PostgresConnection } from '../connection/connectionSchema';
import { reassignToProblem } from '../provider/reassignToProblem';
import { ident } from '../sql/quote';
import { findTemplate } from './findTemplate';

/** What keeps the admin from making databases at all, with the statement that mends it; within a transaction. */
export async function createProblem(
  session: Session,
  connection: PostgresConnection,
): Promise<string | undefined> {
  const [row] = await session.query<{ may: boolean }>(
    `SELECT rolcreatedb OR rolsuper AS may FROM pg_roles WHERE rolname = current_user`,
  );
  return row.may
    ? undefined
    : `The admin may not make databases: ALTER ROLE ${ident(
        connection.user,
      )} CREATEDB;`;
}

/** Why a database cannot be copied, with the statement that mends it; within a transaction. */
export async function templateProblem(
  session: Session,
  template: string,
): Promise<string | undefined> {
  const found = await findTemplate(session, template);
  if (!found) {
    return `Template database '${template}' does not exist.`;
  }
  return found.usable
    ? undefined
    : `The admin may not copy database '${template}': ALTER DATABASE ${ident(
        template,
      )} IS_TEMPLATE true;`;
}

/** Why such a database cannot be made, or could not be taken back whole; undefined when it can. Within a transaction. */
export async function preflight(
  session: Session,
  options: { template?: string; connection: PostgresConnection },
): Promise<string | undefined> {
  const { template, connection } = options;
  return (
    (await createProblem(session, connection)) ??
    (template === undefined
      ? undefined
      : await templateProblem(session, template)) ??
    (await reassignToProblem(session, connection))
  );
}
