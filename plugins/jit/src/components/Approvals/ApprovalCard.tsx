import Checkbox from '@material-ui/core/Checkbox';
import { makeStyles } from '@material-ui/core/styles';
import { durationWords } from '../../time';
import { useTranslate } from '../../translation';
import { nameOf } from '../../words';
import { Problem } from '../Problem';
import { DecisionForm } from './DecisionForm';
import { InboxEntry, titleOf } from './inboxEntries';
import { Outcome } from './Outcome';
import { RequestSummary } from './RequestSummary';
import { Choice } from './useChoice';
import { useDecision } from './useDecision';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    gap: theme.spacing(1),
    padding: theme.spacing(2, 2.5),
    border: `1px solid ${theme.palette.divider}`,
    borderRadius: theme.shape.borderRadius,
    backgroundColor: theme.palette.background.paper,
    overflowWrap: 'anywhere',
  },
  box: { alignSelf: 'flex-start', margin: theme.spacing(-1, 0, 0, -1) },
  body: {
    flex: 1,
    minWidth: 0,
    display: 'grid',
    gap: theme.spacing(1.5),
    gridTemplateColumns: 'minmax(0, 1fr)',
  },
}));

interface ApprovalCardProps {
  entry: InboxEntry;
  choice: Choice;
  onHide: () => void;
  onOpen: (lease: { id: string }) => void;
}

/** One request: all there is to know for a decision, and the decision. */
export const ApprovalCard = (props: ApprovalCardProps) => {
  const { entry, choice, onHide, onOpen } = props;
  const { request, waiting } = entry;
  const classes = useStyles();
  const t = useTranslate();
  const decision = useDecision(request);
  const error = decision.error ?? choice.failures.get(request.id);
  const title = request.extends
    ? t('extension.title', {
        title: titleOf(request),
        duration: durationWords(t, request.extends.durationMs),
      })
    : titleOf(request);
  const names = { title, subject: nameOf(request.subject) };

  return (
    <li className={classes.root}>
      {waiting && choice.hasAlike(request) && (
        <Checkbox
          className={classes.box}
          color="primary"
          checked={choice.isChosen(request)}
          disabled={!choice.canChoose(request)}
          onChange={() => choice.toggle(request)}
          inputProps={{ 'aria-label': t('inbox.choose', names) }}
        />
      )}
      <div className={classes.body}>
        <RequestSummary request={request} waiting={waiting} onOpen={onOpen} />
        {error && <Problem error={error} />}
        {waiting ? (
          <DecisionForm request={request} decision={decision} names={names} />
        ) : (
          <Outcome
            request={request}
            typed={decision.draft.comment}
            names={names}
            onHide={onHide}
          />
        )}
      </div>
    </li>
  );
};
