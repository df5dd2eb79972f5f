import { refusal, success, XmlAnswer } from './answers';

/** What IAM has for all inline policies of a role, without white space. */
export const LONGEST_OF_A_ROLE = 10_240;
const PAGE = 5;

type Policies = Map<string, string>;

/** The inline policies of roles, which the emulator lacks: names, documents, pages and IAM's limit. */
export class RolePolicies {
  readonly #roles = new Map<string, Policies>();
  #frozen: Map<string, Policies> | undefined;
  /** The most characters that any role ever had. */
  longest = 0;

  of(role: string): Policies {
    const policies = this.#roles.get(role) ?? new Map<string, string>();
    this.#roles.set(role, policies);
    return policies;
  }

  /** From now on, reads answer as things stand now. */
  freeze(): void {
    this.#frozen = new Map(
      [...this.#roles].map(([role, policies]) => [role, new Map(policies)]),
    );
  }

  thaw(): void {
    this.#frozen = undefined;
  }

  clear(): void {
    this.#roles.clear();
    this.thaw();
  }

  answer(params: URLSearchParams): XmlAnswer | undefined {
    const action = params.get('Action')!;
    const role = params.get('RoleName') ?? '';
    const name = params.get('PolicyName') ?? '';
    const seen = this.#frozen
      ? this.#frozen.get(role) ?? new Map<string, string>()
      : this.of(role);
    switch (action) {
      case 'ListRolePolicies':
        return this.#list([...seen.keys()].sort(), params.get('Marker'));
      case 'GetRolePolicy':
        return seen.has(name)
          ? success(action, {
              RoleName: role,
              PolicyName: name,
              PolicyDocument: encodeURIComponent(seen.get(name)!),
            })
          : refusal(404, 'NoSuchEntity');
      case 'PutRolePolicy':
        return this.#put(role, name, params.get('PolicyDocument') ?? '');
      case 'DeleteRolePolicy':
        return this.of(role).delete(name)
          ? success(action)
          : refusal(404, 'NoSuchEntity');
      default:
        return undefined;
    }
  }

  #list(names: string[], marker: string | null): XmlAnswer {
    const from = marker ? Number(marker) : 0;
    const end = from + PAGE;
    return success('ListRolePolicies', {
      PolicyNames: names.slice(from, end),
      IsTruncated: `${end < names.length}`,
      ...(end < names.length && { Marker: `${end}` }),
    });
  }

  #put(role: string, name: string, document: string): XmlAnswer {
    const policies = new Map(this.of(role)).set(name, document);
    const length = [...policies.values()].join('').replace(/\s/g, '').length;
    if (length > LONGEST_OF_A_ROLE) {
      return refusal(409, 'LimitExceeded');
    }
    this.longest = Math.max(this.longest, length);
    this.of(role).set(name, document);
    return success('PutRolePolicy');
  }
}
