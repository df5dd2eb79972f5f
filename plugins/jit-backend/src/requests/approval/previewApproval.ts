import { NotAllowedError } from '@backstage/errors';
import { PreviewedApproval } from '@backstage-jit/plugin-jit-common';
import { RequestDraft } from '../RequestDraft';
import { ApproverFinder } from './ApproverFinder';
import { describeStep } from './judge';
import { lapsesAfter } from './lapsesAfter';
import { stepsOf } from './stepsOf';

/** Nobody reads more names. */
const MOST_PEOPLE = 50;

/**
 * Who would decide about a request, and why nobody can, if so.
 *
 * @throws CatalogUnavailableError
 */
export async function previewApproval(
  finder: ApproverFinder,
  draft: Pick<RequestDraft, 'requester' | 'subject' | 'parts'>,
): Promise<{ approval?: PreviewedApproval; refusal?: string }> {
  const steps = await finder.name(stepsOf(draft.parts), draft.subject);
  if (steps.length === 0) {
    return {};
  }
  const people = await finder.peopleOf(steps, draft);
  return {
    approval: {
      steps: steps.map((step, index) => ({
        rule: describeStep(step),
        count: step.count,
        approvers: step.principals,
        people: people[index].slice(0, MOST_PEOPLE),
      })),
      lapsesAfterMs: lapsesAfter(draft.parts),
    },
    refusal: await whyUnstaffed(finder, steps, draft),
  };
}

async function whyUnstaffed(
  finder: ApproverFinder,
  ...question: Parameters<ApproverFinder['assertStaffed']>
): Promise<string | undefined> {
  try {
    await finder.assertStaffed(...question);
    return undefined;
  } catch (error) {
    if (error instanceof NotAllowedError) {
      return error.message;
    }
    throw error;
  }
}
