package io.identamocrm.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import org.htmlunit.BrowserVersion;
import org.htmlunit.DefaultCredentialsProvider;
import org.htmlunit.WebClient;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlInput;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.html.HtmlSelect;

/** HtmlUnit: in Java alone, on every machine; a script error of the page is a failure. */
public final class WindowlessBrowser implements Browser {

    private static final long MOMENT = 50;

    private final WebClient client;
    private HtmlPage page;

    /** A browser of a person who speaks this language, such as {@code ru-RU}. */
    public WindowlessBrowser(String language) {
        BrowserVersion.BrowserVersionBuilder version = new BrowserVersion.BrowserVersionBuilder(BrowserVersion.CHROME);
        client = new WebClient(version.setBrowserLanguage(language)
                .setAcceptLanguageHeader(language)
                .build());
        client.getOptions().setFetchPolyfillEnabled(true);
        client.getOptions().setThrowExceptionOnFailingStatusCode(false);
        client.getOptions().setCssEnabled(false);
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
        // Scripts hold it while they change the page.
        synchronized (page) {
            return page.asNormalizedText();
        }
    }

    @Override
    public boolean has(String id) {
        synchronized (page) {
            DomElement element = page.getElementById(id);
            return element != null && !element.hasAttribute("disabled");
        }
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
        pause();
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
        pause();
    }

    @Override
    public String ask(String script) {
        return String.valueOf(page.executeJavaScript(script).getJavaScriptResult());
    }

    @Override
    public void pause() {
        client.waitForBackgroundJavaScript(MOMENT);
    }

    @Override
    public void close() {
        client.close();
    }
}
