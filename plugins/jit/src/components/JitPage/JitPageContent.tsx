import { Content } from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';
import Tabs from '@material-ui/core/Tabs';
import { useMe, useOperator, useWaitingForMe } from '../../hooks';
import { useTranslate } from '../../translation';
import { Approvals } from '../Approvals';
import { ClockNote } from '../ClockNote';
import { Environments } from '../Environments';
import { LeaseDrawer } from '../LeaseDrawer';
import { ReadableTab } from '../ReadableTab';
import { Trail } from '../Trail';
import { Emergency } from './Emergency';
import { Everything } from './Everything';
import { LeaseView } from './LeaseView';
import { useSearch } from './useSearch';

const useStyles = makeStyles(theme => ({
  tabs: {
    marginBottom: theme.spacing(3),
    borderBottom: `1px solid ${theme.palette.divider}`,
  },
}));

type View = 'mine' | 'approvals' | 'environments' | 'everything' | 'trail';

const FOR_OPERATORS: View[] = ['everything', 'trail'];

/** The page below its header: the reader's own leases, what waits for their decision, environments and, for operators, everybody's leases and the trail. */
export const JitPageContent = () => {
  const classes = useStyles();
  const t = useTranslate();
  const search = useSearch();
  const me = useMe();
  const isOperator = useOperator();
  const reader = { me, isOperator };
  const view = viewOf(search.get('view'), isOperator);
  const lease = search.get('lease');
  const waiting = useWaitingForMe();
  const count = waiting.value?.items.length ?? 0;
  const open = ({ id }: { id: string }) => search.set({ lease: id });

  return (
    <Content>
      <ClockNote />
      <Tabs
        className={classes.tabs}
        variant="scrollable"
        scrollButtons="auto"
        value={view}
        onChange={(_, chosen: View) =>
          search.set({
            view: chosen === 'mine' ? undefined : chosen,
            person: undefined,
          })
        }
        indicatorColor="primary"
        textColor="primary"
        aria-label={t('page.views')}
      >
        <ReadableTab value="mine" label={t('page.mine')} />
        <ReadableTab
          value="approvals"
          label={
            count ? t('inbox.tabWaiting', { n: String(count) }) : t('inbox.tab')
          }
        />
        <ReadableTab value="environments" label={t('page.environments')} />
        {isOperator && (
          <ReadableTab value="everything" label={t('page.everything')} />
        )}
        {isOperator && <ReadableTab value="trail" label={t('trail.tab')} />}
      </Tabs>
      {view === 'mine' && (
        <>
          <Emergency />
          <LeaseView search={search} reader={reader} mine />
        </>
      )}
      {view === 'everything' && <Everything search={search} reader={reader} />}
      {view === 'approvals' && <Approvals waiting={waiting} onOpen={open} />}
      {view === 'trail' && <Trail search={search} onOpen={open} />}
      {view === 'environments' && (
        <Environments reader={reader} onOpen={open} />
      )}
      {lease && (
        <LeaseDrawer
          leaseId={lease}
          reader={reader}
          extending={search.get('do') === 'extend'}
          onClose={() => search.set({ lease: undefined, do: undefined })}
        />
      )}
    </Content>
  );
};

function viewOf(wanted: string | undefined, isOperator?: boolean): View {
  if (wanted === 'approvals' || wanted === 'environments') {
    return wanted;
  }
  return isOperator
    ? FOR_OPERATORS.find(each => each === wanted) ?? 'mine'
    : 'mine';
}
