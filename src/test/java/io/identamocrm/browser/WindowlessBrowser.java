package io.identamocrm.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import org.htmlunit.BrowserVersion;
import org.htmlunit.DefaultCredentialsProvider;
import org.htmlunit.ScriptException;
import org.htmlunit.WebClient;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlInput;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.html.HtmlSelect;
import org.htmlunit.javascript.SilentJavaScriptErrorListener;
import org.htmlunit.javascript.background.BackgroundJavaScriptFactory;
import org.htmlunit.javascript.background.DefaultJavaScriptExecutor;
import org.htmlunit.javascript.background.JavaScriptExecutor;
import org.htmlunit.javascript.background.JavaScriptJob;
import org.htmlunit.javascript.background.JavaScriptJobManager;

/**
 * HtmlUnit: in Java alone, on every machine; a script error of the page is a failure. As in every browser, one thread does all that a page
 * does: here the test's, which works off the page's timers and answers in {@link #pause()}. HtmlUnit's own second thread would call what
 * waits for a promise without the page's lock (HtmlUnitContextAction processes its microtasks after the synchronised block), so that the
 * page was drawn by two threads at once on a busy machine, and a click met half of it.
 */
public final class WindowlessBrowser implements Browser {

    private static final long MOMENT = 50;

    static {
        BackgroundJavaScriptFactory.setFactory(new NoThread());
    }

    private final WebClient client;
    private HtmlPage page;
    private ScriptException complaint;

    /** A browser of a person who speaks this language, such as {@code ru-RU}. */
    public WindowlessBrowser(String language) {
        BrowserVersion.BrowserVersionBuilder version = new BrowserVersion.BrowserVersionBuilder(BrowserVersion.CHROME);
        client = new WebClient(version.setBrowserLanguage(language)
                .setAcceptLanguageHeader(language)
                .build());
        client.getOptions().setFetchPolyfillEnabled(true);
        client.getOptions().setThrowExceptionOnFailingStatusCode(false);
        client.getOptions().setCssEnabled(false);
        client.setJavaScriptErrorListener(new SilentJavaScriptErrorListener() {
            @Override
            public void scriptException(HtmlPage where, ScriptException exception) {
                complaint = exception;
            }
        });
    }

    /** Leaves what pages have to do later to the thread of the test. */
    private static final class NoThread extends BackgroundJavaScriptFactory {
        @Override
        public JavaScriptExecutor createJavaScriptExecutor(WebClient client) {
            return new DefaultJavaScriptExecutor(client) {
                @Override
                protected void startThreadIfNeeded() {
                    // There is none.
                }
            };
        }
    }

    @Override
    public void open(String address, String user, String password) {
        DefaultCredentialsProvider credentials = new DefaultCredentialsProvider();
        URI uri = URI.create(address);
        credentials.addCredentials(user, password.toCharArray(), uri.getHost(), uri.getPort(), null);
        client.setCredentialsProvider(credentials);
        try {
            page = client.getPage(address);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String text() {
        return page.asNormalizedText();
    }

    @Override
    public boolean has(String id) {
        DomElement element = page.getElementById(id);
        return element != null && !element.hasAttribute("disabled");
    }

    private <T extends DomElement> T element(String id, Class<T> type) {
        await("an element " + id, there -> there.has(id));
        return type.cast(page.getElementById(id));
    }

    @Override
    public void click(String id) {
        try {
            element(id, DomElement.class).click();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void type(String id, String text) {
        HtmlInput input = element(id, HtmlInput.class);
        try {
            input.setValue("");
            input.type(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void choose(String id, String value) {
        element(id, HtmlSelect.class).setSelectedAttribute(value, true);
    }

    @Override
    public String ask(String script) {
        return String.valueOf(page.executeJavaScript(script).getJavaScriptResult());
    }

    @Override
    public void pause() {
        if (!work()) {
            try {
                TimeUnit.MILLISECONDS.sleep(MOMENT);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        if (complaint != null) {
            throw new AssertionError("The page's script failed", complaint);
        }
    }

    /** Does what was due when it was called: timers, and requests with what follows from their answers; false if nothing was. */
    private boolean work() {
        JavaScriptJobManager jobs = page.getEnclosingWindow().getJobManager();
        long now = System.currentTimeMillis();
        boolean worked = false;
        for (JavaScriptJob job = jobs.getEarliestJob();
                job != null && job.getTargetExecutionTime() <= now && jobs.runSingleJob(job);
                job = jobs.getEarliestJob()) {
            worked = true;
        }
        return worked;
    }

    @Override
    public void close() {
        client.close();
    }
}
