import { runSimulation } from '@cloud-copilot/iam-simulate';
import { textOf } from './answers';

/** What the roles of these tests may by their managed policies. */
const ROLE_ALLOWS = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: ['s3:*', 'sts:*'], Resource: '*' }],
};

/** As IAM has instants in a request. */
function inWholeSeconds(instant: number): string {
  return new Date(instant).toISOString().replace(/\.\d{3}Z$/, 'Z');
}

/** One session that STS made, by what it was asked for. */
export class AwsSession {
  private constructor(
    readonly roleArn: string,
    readonly name: string,
    readonly params: URLSearchParams,
    /** Epoch milliseconds, in whole seconds, by AWS's clock. */
    readonly issuedAt: number,
    readonly expiresAt: number,
    private readonly userId: string,
  ) {}

  static of(
    params: URLSearchParams,
    answer: string,
    /** Epoch milliseconds, by AWS's clock. */
    now: number,
  ): AwsSession {
    return new AwsSession(
      params.get('RoleArn')!,
      params.get('RoleSessionName')!,
      params,
      Math.floor(now / 1000) * 1000,
      Date.parse(textOf(answer, 'Expiration')!),
      textOf(answer, 'AssumedRoleId')!,
    );
  }

  get sessionPolicy(): { Statement: Array<Record<string, any>> } {
    return JSON.parse(this.params.get('Policy')!);
  }

  /** When its own session policy ends it. */
  get end(): number {
    const [statement] = this.sessionPolicy.Statement.filter(
      ({ Condition }) => Condition?.DateGreaterThanEquals,
    );
    return Date.parse(
      statement.Condition.DateGreaterThanEquals['aws:CurrentTime'],
    );
  }

  get tags(): Record<string, string> {
    const tags: Record<string, string> = {};
    for (let n = 1; this.params.has(`Tags.member.${n}.Key`); n++) {
      tags[this.params.get(`Tags.member.${n}.Key`)!] = this.params.get(
        `Tags.member.${n}.Value`,
      )!;
    }
    return tags;
  }

  /** Whether IAM lets it do something: with the role's inline policies as given, by IAM's own rules. */
  async may(options: {
    inline: Map<string, string>;
    /** Epoch milliseconds. */
    at: number;
    action?: string;
    resource?: string;
  }): Promise<boolean> {
    const { inline, at } = options;
    if (at >= this.expiresAt) {
      return false;
    }
    const [, , , , accountId, role] = this.roleArn.split(':');
    const simulated = await runSimulation(
      {
        request: {
          principal: `arn:aws:sts::${accountId}:assumed-${role}/${this.name}`,
          action: options.action ?? 's3:GetObject',
          resource: {
            resource: options.resource ?? 'arn:aws:s3:::invoices/2026/11.pdf',
            accountId,
          },
          contextVariables: {
            'aws:userid': this.userId,
            'aws:SourceIdentity': this.params.get('SourceIdentity')!,
            'aws:CurrentTime': inWholeSeconds(at),
            'aws:TokenIssueTime': inWholeSeconds(this.issuedAt),
          },
        },
        sessionPolicy: this.sessionPolicy,
        identityPolicies: [
          { name: 'managed', policy: ROLE_ALLOWS },
          ...[...inline].map(([name, text]) => ({
            name,
            policy: JSON.parse(text),
          })),
        ],
        serviceControlPolicies: [],
        resourceControlPolicies: [],
      },
      {},
    );
    if (simulated.resultType === 'error') {
      throw new Error(JSON.stringify(simulated.errors));
    }
    return simulated.overallResult === 'Allowed';
  }
}
