import { AccessRequest } from '@backstage-jit/plugin-jit-common';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { useNow } from '../../hooks';
import { durationWords, formatInstant } from '../../time';
import { useTranslate } from '../../translation';
import { lapseWords } from '../../words';
import { ApprovalSteps } from '../ApprovalSteps';
import { EntityName } from '../EntityName';
import { AskedFor } from './AskedFor';
import { Held } from './Held';
import { Changes } from './Changes';

const useStyles = makeStyles(theme => ({
  reason: {
    whiteSpace: 'pre-line',
    paddingLeft: theme.spacing(1.5),
    borderLeft: `3px solid ${theme.palette.divider}`,
  },
}));

interface RequestSummaryProps {
  request: AccessRequest;
  waiting: boolean;
  onOpen: (lease: { id: string }) => void;
}

/** Who asks for what, where, why, for how long and for whom; and while it waits, what they have there and who else decides. */
export const RequestSummary = (props: RequestSummaryProps) => {
  const { request, waiting, onOpen } = props;
  const classes = useStyles();
  const t = useTranslate();
  const now = useNow(30_000);
  const { requester, subject, reason, startsAt, requestedAt, via } = request;
  const later = startsAt !== undefined && Date.parse(startsAt) > now;
  const lapse = waiting ? lapseWords(t, request, now) : undefined;
  const beside = [
    t('inbox.asked', {
      duration: durationWords(t, now - Date.parse(requestedAt)),
    }),
    ...(later
      ? [t('inbox.starts', { time: formatInstant(startsAt, { now }) })]
      : []),
    ...(lapse ? [lapse] : []),
  ];

  return (
    <>
      <div>
        <Typography variant="body1" component="div">
          <strong>
            <EntityName entityRef={requester} />
          </strong>{' '}
          {via && `${t('status.via', { via })} `}
          {subject === requester ? (
            t(request.extends ? 'extension.wants' : 'inbox.asksFor')
          ) : (
            <>
              {t(
                request.extends ? 'extension.wantsFor' : 'inbox.asksOnBehalfOf',
              )}{' '}
              <strong>
                <EntityName entityRef={subject} />
              </strong>
            </>
          )}
          :
        </Typography>
        <AskedFor request={request} onOpen={onOpen} />
        <Typography variant="body2" color="textSecondary">
          {beside.join(' · ')}
        </Typography>
      </div>
      <Typography
        variant="body2"
        className={reason && classes.reason}
        color={reason ? 'textPrimary' : 'textSecondary'}
      >
        {reason ?? t('inbox.noReason')}
      </Typography>
      {waiting && (
        <>
          <Changes request={request} />
          <Held request={request} />
          <ApprovalSteps request={request} />
        </>
      )}
    </>
  );
};
