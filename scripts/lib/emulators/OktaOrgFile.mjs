import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';

/**
 * The people, groups and memberships of the emulated org, in a file: the emulator forgets all when it ends, and an org that forgot
 * memberships would look as if somebody had removed them by hand. In the form of the emulator's seed.
 */
export class OktaOrgFile {
  #file;
  #saving = Promise.resolve();

  constructor(file) {
    this.#file = file;
  }

  /** A seed with what was kept, if anything was. What is new in the example comes along, a membership that was removed does not come back. */
  addTo(seed) {
    if (!existsSync(this.#file)) {
      return seed;
    }
    const kept = JSON.parse(readFileSync(this.#file, 'utf8'));
    return {
      users: [...kept.users, ...seed.users],
      groups: [...kept.groups, ...seed.groups],
      group_memberships: kept.group_memberships,
    };
  }

  /** Keeps what the org has now; one at a time, so that what is newer stays. */
  save(read) {
    this.#saving = this.#saving
      .catch(() => {})
      .then(async () => {
        const unfinished = `${this.#file}.new`;
        const org = JSON.stringify(await readOrg(read), undefined, 2);
        writeFileSync(unfinished, `${org}\n`, { mode: 0o600 });
        renameSync(unfinished, this.#file);
      });
    return this.#saving;
  }
}

/** @param read - GETs a path of the emulator's API, all pages of it */
async function readOrg(read) {
  const users = await read('/api/v1/users');
  const groups = await read('/api/v1/groups');
  const memberships = [];
  for (const group of groups) {
    for (const user of await read(`/api/v1/groups/${group.id}/users`)) {
      memberships.push({ group_okta_id: group.id, user_okta_id: user.id });
    }
  }
  return {
    users: users.map(({ id, status, profile }) => ({
      okta_id: id,
      status,
      login: profile.login,
      email: profile.email,
      first_name: profile.firstName,
      last_name: profile.lastName,
    })),
    groups: groups.map(({ id, type, profile }) => ({
      okta_id: id,
      type,
      name: profile.name,
      description: profile.description,
    })),
    group_memberships: memberships,
  };
}
