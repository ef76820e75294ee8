import "./workers";
import { GraphiQL } from "graphiql";
import { createRoot } from "react-dom/client";
import "graphiql/style.css";
import "./page.css";
import { bearer, fetcherFor } from "./fetcher";
import { readSettings, type Settings } from "./settings";
import { openFirstTab, storage } from "./storage";

const settingsUrl = "/graphiql/settings.json";

/** GraphiQL names a tab after its operation; the title goes above the query as a comment. */
const tabsOf = ({ tabs }: Settings) =>
  tabs.map(({ title, query, ...rest }) => ({ ...rest, query: title ? `# ${title}\n${query}` : query }));

const fetcherOf = ({ demoToken }: Settings) =>
  fetcherFor({
    endpoint: "/graphql",
    demoToken,
    freshDemoToken: async () => (await readSettings(settingsUrl)).demoToken,
  });

function Hint({ member }: { member: string }) {
  return (
    <p className="assay-hint">
      Demo data: you are signed in as {member}. To be somebody else, put another token under Headers.
    </p>
  );
}

function Page({ settings }: { settings: Settings }) {
  const { demoToken, demoMember = "the demo user" } = settings;
  const tabs = tabsOf(settings);
  openFirstTab(tabs[0]);
  return (
    // Headers are never stored: a token of an earlier visit may be stale, and tokens do not belong in localStorage.
    <GraphiQL
      fetcher={fetcherOf(settings)}
      storage={storage}
      shouldPersistHeaders={false}
      defaultHeaders={demoToken ? JSON.stringify({ Authorization: bearer(demoToken) }, null, 2) : undefined}
      defaultTabs={tabs.length > 0 ? tabs : undefined}
      defaultEditorToolsVisibility="variables"
      visiblePlugin="Documentation Explorer"
      inputValueDeprecation
      schemaDescription
    >
      <GraphiQL.Logo>Assay</GraphiQL.Logo>
      {demoToken ? (
        <GraphiQL.Footer>
          <Hint member={demoMember} />
        </GraphiQL.Footer>
      ) : null}
    </GraphiQL>
  );
}

async function mount(element: HTMLElement): Promise<void> {
  try {
    createRoot(element).render(<Page settings={await readSettings(settingsUrl)} />);
  } catch (error) {
    element.textContent = `GraphiQL could not start. ${error instanceof Error ? error.message : error}`;
  }
}

const element = document.getElementById("graphiql");
if (element) void mount(element);
