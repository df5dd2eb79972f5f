import { Lease } from '@backstage-jit/plugin-jit-common';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import { useState } from 'react';
import { useTranslate } from '../../translation';
import { nameOf, Reader, rightsOn, SOON_MS, timeLeftMs } from '../../words';
import { CredentialsState } from '../Credentials';
import { EndDialog } from './EndDialog';
import { ExtendButton } from './ExtendButton';
import { LeaseActionSet } from './useLeaseActions';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(1),
    alignItems: 'center',
  },
}));

interface LeaseActionsProps {
  lease: Lease;
  reader: Reader;
  now: number;
  actions: LeaseActionSet;
  credentials: CredentialsState;
  onEnded: () => void;
}

/** What the reader can do with a lease, each with one click but for the end of somebody else's. */
export const LeaseActions = (props: LeaseActionsProps) => {
  const { lease, reader, now, actions, credentials, onEnded } = props;
  const classes = useStyles();
  const t = useTranslate();
  const [ending, setEnding] = useState(false);
  const rights = rightsOn(lease, reader);
  const { profileTitle: title } = lease;
  const left = timeLeftMs(lease, now);
  const over = left === 0;
  const names = { title, subject: nameOf(lease.subject) };
  // What is in it cannot be made again.
  const loses = lease.kind === 'infrastructure' && lease.state === 'active';
  const end = async () => {
    if (await actions.end.run({})) {
      onEnded();
    }
  };

  return (
    <div className={classes.root}>
      {rights.credentials && !over && (
        <Button
          size="small"
          variant="outlined"
          disabled={credentials.busy}
          aria-label={t('lease.credentialsOf', { title })}
          onClick={credentials.mint}
        >
          {t('lease.credentials')}
        </Button>
      )}
      {rights.extend && !over && (
        <ExtendButton
          lease={lease}
          now={now}
          extend={actions.extend}
          urgent={left !== undefined && left < SOON_MS}
        />
      )}
      {(rights.done || rights.withdraw) && !over && (
        <Button
          size="small"
          variant="outlined"
          disabled={actions.end.busy}
          aria-label={t(rights.done ? 'lease.doneOf' : 'lease.withdrawOf', {
            title,
          })}
          onClick={loses ? () => setEnding(true) : end}
        >
          {t(rights.done ? 'lease.done' : 'lease.withdraw')}
        </Button>
      )}
      {rights.retry && (
        <Button
          size="small"
          variant="outlined"
          disabled={actions.retry.busy}
          aria-label={t('lease.retryOf', names)}
          onClick={() => actions.retry.run({})}
        >
          {t('lease.retry')}
        </Button>
      )}
      {rights.end && !over && (
        <Button
          size="small"
          variant="outlined"
          aria-label={t('lease.endOf', names)}
          onClick={() => setEnding(true)}
        >
          {t('lease.end')}
        </Button>
      )}
      {ending && (
        <EndDialog
          lease={lease}
          own={!rights.end}
          end={actions.end}
          onClose={() => setEnding(false)}
        />
      )}
    </div>
  );
};
