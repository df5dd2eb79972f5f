import { ConfigApi } from '@backstage/frontend-plugin-api';

/** Somebody of the example catalog whom a visitor may sign in as. */
export interface Person {
  /** An entity ref. */
  ref: string;
  name: string;
  role: string;
  hint: string;
}

export function readPeople(config: ConfigApi): Person[] {
  const people = config.getOptionalConfigArray('demo.people') ?? [];
  return people.map(person => ({
    ref: person.getString('ref'),
    name: person.getString('name'),
    role: person.getString('role'),
    hint: person.getString('hint'),
  }));
}
