import { Lease } from '@backstage-jit/plugin-jit-common';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import { useState } from 'react';
import { useTranslate } from '../../translation';
import {
  LeaseRights,
  nameOf,
  protectableTo,
  SOON_MS,
  timeLeftMs,
} from '../../words';
import { CredentialsState } from '../Credentials';
import { EndDialog } from './EndDialog';
import { ExtendButton } from './ExtendButton';
import { ProtectDialog } from './ProtectDialog';
import { ReviewButton } from './ReviewButton';
import { RestoreDialog } from './RestoreDialog';
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
  /** What it is called; its profile's title when not given. */
  title?: string;
  rights: LeaseRights;
  now: number;
  actions: LeaseActionSet;
  /** Given where there is room to show them. */
  credentials?: CredentialsState;
  onEnded?: () => void;
  /** Whether its reader has come to extend it. */
  extending?: boolean;
}

/** What the reader can do with a lease, each with one click but for the end of somebody else's. */
export const LeaseActions = (props: LeaseActionsProps) => {
  const { lease, rights, now, actions, credentials, onEnded } = props;
  const classes = useStyles();
  const t = useTranslate();
  const [ending, setEnding] = useState(false);
  const [protecting, setProtecting] = useState(false);
  const [restoring, setRestoring] = useState(false);
  const { title = lease.profileTitle } = props;
  const left = timeLeftMs(lease, now);
  const over = left === 0;
  const names = { title, subject: nameOf(lease.subject) };
  // What is in it cannot be made again.
  const loses = lease.kind === 'infrastructure' && lease.state === 'active';
  const openAfresh = (setOpen: (open: boolean) => void) => {
    actions.reset();
    setOpen(true);
  };
  const end = async () => {
    if (await actions.end.run({})) {
      onEnded?.();
    }
  };

  return (
    <div className={classes.root}>
      {rights.credentials && credentials && !over && (
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
          title={title}
          now={now}
          extend={actions.extend}
          urgent={left !== undefined && left < SOON_MS}
          asked={props.extending}
        />
      )}
      {rights.unask && !over && (
        <Button
          size="small"
          variant="outlined"
          disabled={actions.unask.busy}
          aria-label={t('extension.withdrawOf', { title })}
          onClick={() => actions.unask.run({})}
        >
          {t('extension.withdraw')}
        </Button>
      )}
      {rights.protect && !over && (protectableTo(lease) ?? 0) > now && (
        <Button
          size="small"
          variant="outlined"
          aria-haspopup="dialog"
          aria-label={t('protect.buttonOf', { title })}
          onClick={() => openAfresh(setProtecting)}
        >
          {t('protect.button')}
        </Button>
      )}
      {(rights.done || rights.withdraw) && !over && (
        <Button
          size="small"
          variant="outlined"
          disabled={actions.end.busy}
          aria-label={t(rights.done ? 'lease.doneOf' : 'lease.withdrawOf', {
            title,
          })}
          onClick={loses ? () => openAfresh(setEnding) : end}
        >
          {t(rights.done ? 'lease.done' : 'lease.withdraw')}
        </Button>
      )}
      {rights.review && <ReviewButton lease={lease} />}
      {rights.restore && Date.parse(lease.keptUntil ?? '') > now && (
        <Button
          size="small"
          variant="outlined"
          aria-haspopup="dialog"
          aria-label={t('restore.buttonOf', { title })}
          onClick={() => openAfresh(setRestoring)}
        >
          {t('restore.button')}
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
          onClick={() => openAfresh(setEnding)}
        >
          {t('lease.end')}
        </Button>
      )}
      {ending && (
        <EndDialog
          lease={lease}
          title={title}
          now={now}
          own={!rights.end}
          end={actions.end}
          onClose={() => setEnding(false)}
        />
      )}
      {restoring && (
        <RestoreDialog
          lease={lease}
          title={title}
          restore={actions.restore}
          onClose={() => setRestoring(false)}
        />
      )}
      {protecting && (
        <ProtectDialog
          lease={lease}
          now={now}
          protect={actions.protect}
          onClose={() => setProtecting(false)}
        />
      )}
    </div>
  );
};
