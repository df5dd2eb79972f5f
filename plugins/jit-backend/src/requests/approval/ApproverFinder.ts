import { Entity } from '@backstage/catalog-model';
import { NotAllowedError } from '@backstage/errors';
import {
  ApproverRule,
  describeRules,
  Directory,
  principalsOf,
} from '../../policy';
import { Subject } from '../../policy/rules';
import { canBeApproved } from './canBeApproved';
import { StepRecord, StepRules } from './StepRecord';

/** A step with whom it names now. */
export type NamedStep<TStep extends StepRules> = TStep &
  Pick<StepRecord, 'principals' | 'escalatesTo'>;

/** Asks the catalog who decides. */
export class ApproverFinder {
  readonly #directory: Directory;

  constructor(options: {
    /** Must not answer from memory. */
    directory: Directory;
  }) {
    this.#directory = options.directory;
  }

  /**
   * The steps with the users and groups that they name now.
   *
   * @throws CatalogUnavailableError
   */
  async name<TStep extends StepRules>(
    steps: TStep[],
    subjectRef: string,
  ): Promise<Array<NamedStep<TStep>>> {
    if (steps.length === 0) {
      return [];
    }
    const [lookup, entities] = await Promise.all([
      this.#directory.lookUpSubject(subjectRef),
      this.#directory.lookUpEntities(
        steps.flatMap(({ owned }) => owned?.entityRef ?? []),
      ),
    ]);
    const subject = lookup.status === 'found' ? lookup.subject : undefined;
    return steps.map(step => {
      const name = (rules: ApproverRule[]) =>
        namedBy({ rules, step, subject, entities });
      const { escalation } = step;
      return {
        ...step,
        principals: step.consent ? [subjectRef] : name(step.approvers),
        ...(escalation && { escalatesTo: name(escalation.to) }),
      };
    });
  }

  /**
   * The people who could approve each step: those whom it names, but not who asks or receives.
   *
   * @throws CatalogUnavailableError
   */
  async peopleOf(
    steps: Array<NamedStep<StepRules>>,
    request: { requester: string; subject: string },
  ): Promise<string[][]> {
    const members = await this.#directory.lookUpMembers([
      ...new Set(steps.flatMap(everybodyNamed)),
    ]);
    return steps.map(step =>
      step.consent
        ? [request.subject]
        : [
            ...new Set(
              everybodyNamed(step).flatMap(ref => members.get(ref) ?? []),
            ),
          ].filter(
            person =>
              person !== request.requester && person !== request.subject,
          ),
    );
  }

  /**
   * Refuses what would wait for ever.
   *
   * @throws NotAllowedError when there are too few people; CatalogUnavailableError
   */
  async assertStaffed(
    steps: Array<NamedStep<StepRules>>,
    request: { requester: string; subject: string },
  ): Promise<void> {
    const people = await this.peopleOf(steps, request);
    const staffed = steps.map(({ count }, index) => ({
      count,
      people: people[index],
    }));
    const short = steps.find(
      ({ count }, index) => people[index].length < count,
    );
    if (short) {
      const { count, approvers } = short;
      throw new NotAllowedError(
        `${
          count === 1 ? 'An approval' : `${count} approvals`
        } by ${describeRules(
          approvers,
        )} would be needed, and there are not so many people besides who asks and receives`,
      );
    }
    if (!canBeApproved(staffed)) {
      throw new NotAllowedError(
        'Nobody can approve at two steps, and there are not enough people for all of them',
      );
    }
  }
}

function namedBy(options: {
  rules: ApproverRule[];
  step: StepRules;
  subject: Subject | undefined;
  entities: ReadonlyMap<string, Entity>;
}): string[] {
  const { rules, step, subject, entities } = options;
  const { owned } = step;
  return principalsOf({
    rules,
    subject,
    targets: owned?.targets,
    target: owned && entities.get(owned.entityRef),
  });
}

function everybodyNamed({
  principals,
  escalatesTo = [],
}: NamedStep<StepRules>): string[] {
  return [...principals, ...escalatesTo];
}
