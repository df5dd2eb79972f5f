import { RequestDecision } from '@backstage-jit/plugin-jit-common';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { useRef, useState } from 'react';
import { useTranslate } from '../../translation';
import { Field } from '../Field';
import { Problem } from '../Problem';
import { titleOf } from './inboxEntries';
import { Choice } from './useChoice';
import { useManyDecisions } from './useManyDecisions';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gap: theme.spacing(1.5),
    gridTemplateColumns: 'minmax(0, 1fr)',
    maxWidth: 960,
    marginBottom: theme.spacing(2),
    padding: theme.spacing(2, 2.5),
    border: `2px solid ${theme.palette.primary.main}`,
    borderRadius: theme.shape.borderRadius,
    backgroundColor: theme.palette.background.paper,
    overflowWrap: 'anywhere',
  },
  buttons: { display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1) },
}));

/** Decides all that are chosen, one after the other, by one click. */
export const ManyAtOnce = ({ choice }: { choice: Choice }) => {
  const classes = useStyles();
  const t = useTranslate();
  const { chosen, alike, choose, comment, setComment } = choice;
  const [denied, setDenied] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const many = useManyDecisions(choice);
  const commentMissing = denied && !comment.trim();
  const names = { title: titleOf(chosen[0]), count: chosen.length };

  const run = (decision: RequestDecision['decision']) => {
    setDenied(decision === 'deny');
    if (decision === 'deny' && !comment.trim()) {
      field.current?.focus();
    } else {
      many.run({ decision, comment: comment.trim() || undefined });
    }
  };

  return (
    <section className={classes.root} aria-label={t('inbox.chosen', names)}>
      <div>
        <Typography variant="body1" aria-live="polite">
          <strong>{t('inbox.chosen', names)}</strong>
        </Typography>
        <Typography variant="body2" color="textSecondary">
          {t('inbox.chosenHow')}
        </Typography>
      </div>
      <Field
        id="jit-comment-many"
        inputRef={field}
        label={t('inbox.comment')}
        value={comment}
        error={commentMissing}
        helperText={t(
          commentMissing ? 'inbox.commentMissing' : 'inbox.commentHelp',
        )}
        onChange={event => setComment(event.target.value)}
        fullWidth
        multiline
        inputProps={{ maxLength: 1000 }}
      />
      {many.error && <Problem error={many.error} />}
      <div className={classes.buttons}>
        <Button
          size="small"
          variant="contained"
          color="primary"
          disabled={many.busy}
          onClick={() => run('approve')}
        >
          {t(many.busy ? 'inbox.deciding' : 'inbox.approveAll')}
        </Button>
        <Button
          size="small"
          variant="outlined"
          disabled={many.busy}
          onClick={() => run('deny')}
        >
          {t('inbox.denyAll')}
        </Button>
        {chosen.length < alike.length && (
          <Button size="small" onClick={() => choose(alike)}>
            {t('inbox.chooseAll')}
          </Button>
        )}
        <Button size="small" onClick={() => choose([])}>
          {t('inbox.chooseNone')}
        </Button>
      </div>
    </section>
  );
};
