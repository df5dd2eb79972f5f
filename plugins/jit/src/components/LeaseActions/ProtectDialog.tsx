import { Lease } from '@backstage-jit/plugin-jit-common';
import Button from '@material-ui/core/Button';
import Chip from '@material-ui/core/Chip';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { useState } from 'react';
import { Action } from '../../hooks';
import { durationWords, formatInstant, toLocalField } from '../../time';
import { useTranslate } from '../../translation';
import { isProtected, protectableTo } from '../../words';
import { ActionDialog } from '../ActionDialog';
import { Field } from '../Field';
import { describeProtection } from './describeProtection';

const HOUR = 3_600_000;
const CHOICES_MS = [4 * HOUR, 24 * HOUR, 72 * HOUR];

const useStyles = makeStyles(theme => ({
  chips: { display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1) },
  chip: { margin: 0 },
}));

interface ProtectDialogProps {
  lease: Lease;
  now: number;
  protect: Action<{ until: string | null; why?: string }>;
  onClose: () => void;
}

/** Keeps it until a time, which its profile caps; and lifts that. */
export const ProtectDialog = (props: ProtectDialogProps) => {
  const { lease, now, protect, onClose } = props;
  const classes = useStyles();
  const t = useTranslate();
  const latest = protectableTo(lease) ?? now;
  const choices = [
    ...CHOICES_MS.map(each => now + each).filter(each => each < latest),
    latest,
  ];
  const [until, setUntil] = useState(choices[0]);
  const [chosen, setChosen] = useState(0);
  const [why, setWhy] = useState('');
  const { problem, lines } = describeProtection(t, { lease, until, now });

  const run = async (instant: number | undefined) => {
    const done = await protect.run({
      until: instant === undefined ? null : new Date(instant).toISOString(),
      ...(why.trim() && { why: why.trim() }),
    });
    if (done) {
      onClose();
    }
  };
  const confirm = () => {
    if (!problem) {
      run(until);
    }
  };
  const labelOf = (choice: number, index: number) =>
    index === choices.length - 1
      ? t('protect.longest', { time: formatInstant(choice, { now }) })
      : durationWords(t, CHOICES_MS[index]);

  return (
    <ActionDialog
      id="jit-protect-title"
      title={t('protect.title', { title: lease.profileTitle })}
      cancel={t('protect.cancel')}
      confirm={t('protect.confirm')}
      disabled={protect.busy || Boolean(problem)}
      error={protect.error}
      other={
        isProtected(lease, now) && (
          <Button disabled={protect.busy} onClick={() => run(undefined)}>
            {t('protect.lift')}
          </Button>
        )
      }
      onConfirm={confirm}
      onClose={onClose}
    >
      <Typography variant="body2">{t('protect.text')}</Typography>
      <div
        className={classes.chips}
        role="group"
        aria-label={t('protect.choices')}
      >
        {choices.map((choice, index) => (
          <Chip
            key={index}
            className={classes.chip}
            clickable
            label={labelOf(choice, index)}
            color={index === chosen ? 'primary' : 'default'}
            aria-pressed={index === chosen}
            onClick={() => {
              protect.reset();
              setChosen(index);
              setUntil(choice);
            }}
          />
        ))}
      </div>
      <Field
        id="jit-protect-until"
        type="datetime-local"
        label={t('protect.until')}
        InputLabelProps={{ shrink: true }}
        inputProps={{ max: toLocalField(latest) }}
        value={Number.isNaN(until) ? '' : toLocalField(until)}
        error={Boolean(problem)}
        helperText={
          problem ??
          t('protect.latest', { time: formatInstant(latest, { now }) })
        }
        onChange={event => {
          protect.reset();
          setChosen(-1);
          setUntil(new Date(event.target.value).getTime());
        }}
      />
      <Field
        id="jit-protect-why"
        label={t('protect.why')}
        value={why}
        onChange={event => setWhy(event.target.value)}
        fullWidth
        inputProps={{ maxLength: 1000 }}
      />
      <div aria-live="polite">
        {lines.map(line => (
          <Typography key={line} variant="body2">
            {line}
          </Typography>
        ))}
      </div>
    </ActionDialog>
  );
};
