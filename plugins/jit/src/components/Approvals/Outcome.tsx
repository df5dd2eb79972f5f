import { AccessRequest } from '@backstage-jit/plugin-jit-common';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { useRequest } from '../../hooks';
import { useTranslate } from '../../translation';
import { waitingWords } from '../../words';
import { ApprovalSteps } from '../ApprovalSteps';
import { Problem } from '../Problem';
import { Waiting } from '../Waiting';

const useStyles = makeStyles(theme => ({
  root: { display: 'grid', gap: theme.spacing(1), justifyItems: 'start' },
}));

interface OutcomeProps {
  request: AccessRequest;
  /** What the reader had typed when it was decided without them. */
  typed: string;
  names: { title: string; subject: string };
  onHide: () => void;
}

const STATES = {
  pending: 'inbox.isPending',
  approved: 'inbox.isApproved',
  denied: 'inbox.isDenied',
  withdrawn: 'inbox.isWithdrawn',
  lapsed: 'inbox.isLapsed',
} as const;

/** What became of a request that no longer waits for the reader. */
export const Outcome = ({ request, typed, names, onHide }: OutcomeProps) => {
  const classes = useStyles();
  const t = useTranslate();
  const { value, error, refresh } = useRequest(request.id);
  const now = value?.request;

  return (
    <div className={classes.root} role="status">
      {!value && !error && <Waiting />}
      {!value && error && <Problem error={error} onRetry={refresh} />}
      {now && (
        <>
          <Typography variant="body2">
            <strong>{t(STATES[now.state])}</strong>
            {now.state === 'pending' && ` · ${waitingWords(t, now)}`}
          </Typography>
          <ApprovalSteps request={now} />
        </>
      )}
      {typed && (
        <Typography variant="body2">
          {t('inbox.typed', { comment: typed })}
        </Typography>
      )}
      <Button
        size="small"
        variant="outlined"
        aria-label={t('inbox.hideOf', names)}
        onClick={onHide}
      >
        {t('inbox.hide')}
      </Button>
    </div>
  );
};
