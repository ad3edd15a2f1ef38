package io.identamocrm.demo;

import io.identamocrm.model.Message;

/** What the demo says. */
enum DemoText implements Message {
    STOPPED("The demo was stopped; nothing of it is left.", "Демонстрация остановлена; от неё ничего не осталось."),
    SETTING_UP(
            "Setting up a sample clinic, a real Redis and an amoCRM sandbox ...",
            "Готовятся пример клиники, настоящий Redis и песочница amoCRM ..."),
    SCENE(
            "A sample clinic with %s receptions, a real Redis on port %s, an amoCRM sandbox at %s/",
            "Пример клиники, приёмов: %s; настоящий Redis на порту %s, песочница amoCRM по адресу %s/"),
    SUFFERS("The sandbox suffers from %s.", "Песочница портит: %s."),
    FULL_RUN("1. Full run: all receptions, an empty account.", "1. Полный прогон: все приёмы, пустой аккаунт."),
    FULL("full", "полный"),
    MEANWHILE(
            "2. Meanwhile in the clinic and in the sales department:", "2. Тем временем в клинике и в отделе продаж:"),
    INCREMENTAL_RUN("3. Incremental run: what has changed since.", "3. Короткий прогон: что изменилось с тех пор."),
    INCREMENTAL("incremental", "короткий"),
    FULL_RUN_AGAIN("4. The full run again: nothing is left to do.", "4. Снова полный прогон: делать больше нечего."),
    FULL_AGAIN("full again", "снова полный"),
    LOOK(
            "Run ./ident-amocrm demo --stay to look at the deals in a browser.",
            "Чтобы посмотреть на сделки в браузере: ./ident-amocrm demo --stay"),
    HOLDS(
            "The account now holds %s deals and %s contacts; amoCRM never saw more than %s requests in a second.",
            "Теперь в аккаунте сделок: %s, контактов: %s; больше запросов в секунду, чем %s, amoCRM не видела."),
    FAILED(
            "Failed receptions are rows that nobody could deliver (no patient, no planned time); they stay as dead letters.",
            "Отказы — это строки, которые доставить нельзя (нет пациента или планового времени); они остаются в списке "
                    + "недоставленного."),
    ENDED(
            "   The run ended: %s. Nothing is lost, the next one goes on.",
            "   Прогон прервался: %s. Ничего не потеряно, следующий продолжит."),
    WENT_WRONG("Of %s requests so many went wrong: %s", "Запросов: %s, из них испорчено: %s"),
    BOOKS("   - a new patient books reception %s", "   - новый пациент записывается, приём %s"),
    TREATED(
            "   - reception %s arrives, is treated and completed",
            "   - на приём %s приходят, лечение закончено, приём завершён"),
    MOVED(
            "   - reception %s is moved to next week: its deal moves along to reception %s",
            "   - приём %s переносят на следующую неделю: его сделка переходит к приёму %s"),
    CANCELLED("   - reception %s is cancelled", "   - приём %s отменяют"),
    RENAMED(
            "   - a manager renames deal %s and gives it a budget: both stay",
            "   - менеджер переименовывает сделку %s и ставит бюджет: и то и другое остаётся"),
    CLOSED(
            "   - a manager closes deal %s: its reception is finished business",
            "   - менеджер закрывает сделку %s: с её приёмом закончено"),
    FROM_WEBSITE(
            "   - the website opens deal %s; its caller books reception %s, which is found by phone",
            "   - сайт открывает сделку %s; звонивший записывается на приём %s, сделка находится по телефону"),
    TOUR(
            "A tour. The service looks for changes every few seconds; Ctrl-C here ends it and throws everything away.",
            "Экскурсия. Служба ищет изменения каждые несколько секунд; Ctrl-C здесь остановит её и всё выбросит."),
    CONSOLE(
            "0. The console: how it is and what to do next         %s/   (user demo, password demo)",
            "0. Консоль: как дела и что делать дальше              %s/   (пользователь demo, пароль demo)"),
    BOARD(
            "1. The board: the two funnels with their deals        %s/",
            "1. Доска: обе воронки со сделками                     %s/"),
    CONTACTS(
            "   The contacts, and every request with its answer    %s/contacts   %s/journal",
            "   Контакты и каждый запрос с ответом                 %s/contacts   %s/journal"),
    TAKE_OVER(
            "   In a second terminal, in this directory, take over the demo's variables (in the terminal, not in .env):",
            "   Во втором терминале, в этом каталоге, возьмите переменные демонстрации (в терминале, не в .env):"),
    WHY(
            "2. Why is deal %s where it is? It belongs to reception %s:",
            "2. Почему сделка %s стоит там, где стоит? Она принадлежит приёму %s:"),
    COMES(
            "3. The patient comes, is treated and pays; within seconds the deal moves on the board:",
            "3. Пациент приходит, лечится и платит; через секунды сделка сдвигается на доске:"),
    GOES_WRONG(
            "4. Every second write goes wrong from now on, and a new visit arrives all the same (see the journal):",
            "4. Теперь портится каждая вторая запись, а новый визит всё равно доходит (см. journal):"),
    WITHOUT_PATIENT(
            "5. A visit without a patient cannot be delivered: within seconds it is a dead letter.",
            "5. Визит без пациента доставить нельзя: через секунды он в списке недоставленного."),
    GIVES_PATIENT(
            "   Somebody gives it a patient; the next run notices, or you ask for it at once:",
            "   Кто-то указывает пациента; следующий прогон это заметит, или попросите сразу:"),
    HEALTH(
            "6. What operators see: health with reasons            %shealth",
            "6. Что видит дежурный: состояние с причинами          %shealth"),
    METRICS(
            "   metrics for Prometheus                             %smetrics",
            "   показатели для Prometheus                          %smetrics"),
    HAWTIO(
            "   and the address for Hawtio (user demo, password demo)  %sjolokia",
            "   и адрес для Hawtio (пользователь demo, пароль demo)    %sjolokia"),
    NO_DEMO(
            "This terminal knows no demo: start ./ident-amocrm demo --stay in another one, and take over its variables as its tour says",
            "Этот терминал не знает демонстрации: запустите в другом ./ident-amocrm demo --stay и возьмите её переменные, как сказано "
                    + "в её экскурсии"),
    CHANGED("%s row changed in the sample clinic.", "Строк изменено в примере клиники: %s."),
    NOT_TAKEN(
            "demo --sql: the sample clinic does not take this statement: %s. Give one INSERT, UPDATE or DELETE in SQL Server's words; "
                    + "the tour of the demo that stays shows some",
            "demo --sql: пример клиники не принимает эту команду: %s. Нужна одна команда INSERT, UPDATE или DELETE, как для SQL "
                    + "Server; примеры есть в экскурсии демонстрации"),
    ONLY_CHANGES(
            "demo --sql: this statement changes nothing, and its rows are not shown. Give one INSERT, UPDATE or DELETE; what the clinic "
                    + "holds is told by explain reception ID",
            "demo --sql: эта команда ничего не меняет, а строк здесь не показывают. Нужна одна команда INSERT, UPDATE или DELETE; что "
                    + "есть в клинике, скажет explain reception ID"),
    NO_CLINIC(
            "demo --sql: the demo's sample clinic does not answer: is the demo still running? Start it anew and take over its new variables",
            "demo --sql: пример клиники не отвечает: работает ли ещё демонстрация? Запустите её заново и возьмите её новые переменные"),
    WORKS_AGAIN("Everything works again.", "Всё снова работает."),
    FROM_NOW_ON("From now on: %s", "Теперь: %s"),
    NO_ANSWER(
            "The demo's sandbox does not answer: is the demo still running?",
            "Песочница демонстрации не отвечает: работает ли она ещё?");

    private final String english;
    private final String russian;

    DemoText(String english, String russian) {
        this.english = english;
        this.russian = russian;
    }

    @Override
    public String english() {
        return english;
    }

    @Override
    public String russian() {
        return russian;
    }

    @Override
    public String toString() {
        return english;
    }
}
