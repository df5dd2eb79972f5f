import { Lease } from '@backstage-jit/plugin-jit-common';
import Typography from '@material-ui/core/Typography';
import { useNow, useRequest } from '../../hooks';
import { useTranslate } from '../../translation';
import {
  contextLines,
  lapseWords,
  LeaseWords,
  waitingWords,
} from '../../words';
import { ApprovalSteps } from '../ApprovalSteps';
import { Headline } from './Headline';

interface RequestStandingProps {
  lease: Lease;
  words: LeaseWords;
}

/** Whom a lease waits for and until when, or how people have decided about it. */
export const RequestStanding = ({ lease, words }: RequestStandingProps) => {
  const t = useTranslate();
  const now = useNow(30_000);
  const request = useRequest(lease.requestId).value?.request;
  const lapse = request && lapseWords(t, request, now);

  return (
    <>
      <Headline
        lease={lease}
        text={(request && waitingWords(t, request)) ?? words.headline}
        beside={[...words.beside, ...(lapse ? [lapse] : [])]}
      />
      {contextLines(t, request?.asked ?? []).map(line => (
        <Typography key={line} variant="body2" color="textSecondary">
          {line}
        </Typography>
      ))}
      {request && <ApprovalSteps request={request} />}
    </>
  );
};

/** Whether its place is with people's decisions: they have not decided, said no, or did not answer. */
export function isUpToPeople({ state, endReason }: Lease): boolean {
  return (
    state === 'requested' ||
    (state === 'denied' && endReason === 'denied') ||
    (state === 'lapsed' && endReason === undefined)
  );
}
