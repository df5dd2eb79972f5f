import { AskedExtension } from '@backstage-jit/plugin-jit-common';
import Typography from '@material-ui/core/Typography';
import { useNow, useRequest } from '../../hooks';
import { durationWords, formatInstant } from '../../time';
import { useTranslate } from '../../translation';
import { waitingWords } from '../../words';
import { ApprovalSteps } from '../ApprovalSteps';

/** That people decide about a later end, how much of one, and whom that waits for. */
export const ExtensionStanding = ({ asked }: { asked: AskedExtension }) => {
  const t = useTranslate();
  const now = useNow(30_000);
  const { requestId, durationMs, until } = asked;
  const request = useRequest(requestId).value?.request;
  const waiting = request && waitingWords(t, request);

  return (
    <>
      <Typography variant="body2">
        {t('extension.waiting', {
          duration: durationWords(t, durationMs),
          time: formatInstant(until, { now }),
        })}
        {waiting && ` · ${waiting}`}
      </Typography>
      {request && <ApprovalSteps request={request} />}
    </>
  );
};
