import {
  AccessRequest,
  RequestDecision,
} from '@backstage-jit/plugin-jit-common';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import { useRef, useState } from 'react';
import { useNow } from '../../hooks';
import { useTranslate } from '../../translation';
import { Field } from '../Field';
import { approvalProblem } from './decisionDraft';
import { GiveLess } from './GiveLess';
import { Decision } from './useDecision';

const useStyles = makeStyles(theme => ({
  root: { display: 'grid', gap: theme.spacing(1.5), maxWidth: 640 },
  buttons: { display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1) },
}));

interface DecisionFormProps {
  request: AccessRequest;
  decision: Decision;
  /** What it is called for those who do not see the card around it. */
  names: { title: string; subject: string };
}

/** Approve, as asked or less, or deny with a comment. */
export const DecisionForm = (props: DecisionFormProps) => {
  const { request, decision, names } = props;
  const { draft, change, decide, busy } = decision;
  const classes = useStyles();
  const t = useTranslate();
  const now = useNow(30_000);
  const comment = useRef<HTMLInputElement>(null);
  const [less, setLess] = useState(Boolean(draft.durationMs || draft.startsAt));
  const [denied, setDenied] = useState(false);
  const commentMissing = denied && !draft.comment.trim();
  const problem = approvalProblem(draft, { now, askedStart: request.startsAt });

  const run = (what: RequestDecision['decision']) => {
    setDenied(what === 'deny');
    if (what === 'deny' && !draft.comment.trim()) {
      comment.current?.focus();
    } else if (what === 'deny' || !problem) {
      decide(what);
    }
  };

  return (
    <div className={classes.root}>
      {less && (
        <GiveLess
          request={request}
          draft={draft}
          problem={problem && t(problem)}
          now={now}
          onChange={change}
        />
      )}
      <Field
        id={`jit-comment-${request.id}`}
        inputRef={comment}
        label={t('inbox.comment')}
        value={draft.comment}
        error={commentMissing}
        helperText={t(
          commentMissing ? 'inbox.commentMissing' : 'inbox.commentHelp',
        )}
        onChange={event => change({ comment: event.target.value })}
        fullWidth
        multiline
        inputProps={{ maxLength: 1000 }}
      />
      <div className={classes.buttons}>
        <Button
          size="small"
          variant="contained"
          color="primary"
          disabled={busy}
          aria-label={t('inbox.approveOf', names)}
          onClick={() => run('approve')}
        >
          {t(busy ? 'inbox.deciding' : 'inbox.approve')}
        </Button>
        <Button
          size="small"
          variant="outlined"
          disabled={busy}
          aria-label={t('inbox.denyOf', names)}
          onClick={() => run('deny')}
        >
          {t('inbox.deny')}
        </Button>
        {!less && (
          <Button size="small" onClick={() => setLess(true)}>
            {t('inbox.less')}
          </Button>
        )}
      </div>
    </div>
  );
};
