package io.identamocrm.state;

import io.identamocrm.model.Message;

/** What is said of the memory in Redis and its locks. */
public enum StateText implements Message {
    TAKEN(
            "Another run has taken over, as this one showed no sign of life for too long",
            "Работу принял другой прогон: этот слишком долго не подавал признаков жизни"),
    TAKEN_REMEDY(
            "nothing more was written. See why the process stood still (memory, processor, a suspended machine); the other run "
                    + "delivers what is left",
            "больше ничего не записано. Выясните, почему процесс стоял (память, процессор, приостановленная машина); остальное "
                    + "доставит другой прогон"),
    FORGOTTEN(
            "Redis no longer holds what the run relied on (%s)",
            "В Redis больше нет того, на что опирался прогон (%s)"),
    FORGOTTEN_REMEDY(
            "nothing more was written; the next run lists amoCRM anew and goes on. See whether Redis was emptied, restarted "
                    + "without its data, failed over or runs out of memory",
            "больше ничего не записано; следующий прогон перечитает amoCRM и продолжит. Посмотрите, не был ли Redis очищен, "
                    + "перезапущен без данных, переключён, хватает ли ему памяти"),
    WRITTEN_ALL_THE_SAME("%s. Its last batch was written all the same: %s", "%s. Последняя пачка всё же записана: %s"),
    WRITTEN_ALL_THE_SAME_REMEDY(
            "compare these in amoCRM, and run ident-amocrm reconcile",
            "сравните их в amoCRM и выполните ident-amocrm reconcile"),
    OTHER_SETTINGS(
            "Another process works on this account with other settings: another fingerprint key, other fields, pipelines or "
                    + "phone region",
            "С этим аккаунтом работает другой процесс с другими настройками: другим ключом отпечатков, другими полями, воронками или "
                    + "регионом телефонов"),
    OTHER_SETTINGS_REMEDY(
            "give both the same .env and configuration, or end the other one; it counts as ended three minutes after "
                    + "its last run",
            "дайте обоим одни и те же .env и настройки или остановите другой; он считается остановленным через три минуты после "
                    + "последнего прогона"),

    NEWER_FORMAT(
            "The state in Redis was written by a newer version (format %s, this program knows %s)",
            "Данные в Redis записаны более новой версией (формат %s, эта программа знает %s)"),
    NEWER_FORMAT_REMEDY(
            "start the newer version, or delete the keys %s to begin anew with this one, with a full run and for OAuth "
                    + "with authorize",
            "запустите более новую версию или удалите ключи %s, чтобы начать с этой заново: с полного прогона, а для OAuth и с authorize"),
    EMPTIED("emptied", "очищен"),
    ANOTHER_SERVER("another server", "другой сервер"),
    WENT_BACK("went back in time", "вернулся в прошлое"),
    PART_OF_MIRROR("a part of the mirror is gone", "часть зеркала пропала"),
    MIRROR_NOT_WHOLE("the mirror is not whole", "зеркало не целое"),
    WRITE_UNDER_WAY("a write may be on its way", "запись может быть в пути");

    private final String english;
    private final String russian;

    StateText(String english, String russian) {
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
