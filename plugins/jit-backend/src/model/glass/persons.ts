import { SubjectLookup } from '../../policy';
import { SOMEONE } from '../rows';

export const ON_CALL = 'group:default/on-call';
export const TEAM = 'group:default/team';
export const CONTRACTORS = 'group:default/contractors';

interface Known {
  /** As the catalog has them; undefined when it does not. */
  groups?: string[];
  mayBreak: boolean;
  mayAsk: boolean;
}

/** What the catalog can say of a person, and what the rules let them do by that. */
export const PERSONS = {
  both: { groups: [ON_CALL, TEAM], mayBreak: true, mayAsk: true },
  'on call': { groups: [ON_CALL], mayBreak: true, mayAsk: false },
  left: { groups: [TEAM], mayBreak: false, mayAsk: true },
  denied: {
    groups: [ON_CALL, TEAM, CONTRACTORS],
    mayBreak: false,
    mayAsk: false,
  },
  gone: { mayBreak: false, mayAsk: false },
} satisfies Record<string, Known>;

export type Person = keyof typeof PERSONS;

export const ALL_PERSONS = Object.keys(PERSONS) as Person[];

export function groupsOf(person: Person): string[] {
  const { groups = [] }: Known = PERSONS[person];
  return groups;
}

export function lookUp(person: Person): SubjectLookup {
  return person === 'gone'
    ? { status: 'gone' }
    : {
        status: 'found',
        subject: { ref: SOMEONE, groups: groupsOf(person) },
      };
}

/** Whether the person may have a lease, by what the rules of the model's profile mean. */
export function mayHold(person: Person, breakGlass: boolean): boolean {
  const { mayBreak, mayAsk } = PERSONS[person];
  return breakGlass ? mayBreak : mayAsk;
}
