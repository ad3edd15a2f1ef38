package io.identamocrm.clinic;

import java.util.List;
import java.util.Random;

/**
 * Somebody who does not exist. The names are rare enough to be found in no other text than the one that leaks them.
 *
 * @param female decides about the endings
 */
record InventedPerson(String surname, String name, String patronymic, boolean female) {

    private static final List<String> SURNAMES = List.of(
            "Зарницын",
            "Берестянкин",
            "Светлояров",
            "Громыхайлов",
            "Полынцев",
            "Суховейкин",
            "Лебедушкин",
            "Чернотравин",
            "Яснополев",
            "Дубравкин",
            "Метелицын",
            "Росинкин",
            "Туманцев",
            "Ветродуев",
            "Камышинцев",
            "Снегирёвкин",
            "Овсянников-Лугов",
            "Капельников",
            "Журавушкин",
            "Малахитов");
    private static final List<String> MEN = List.of(
            "Велимир",
            "Всеволод",
            "Добромысл",
            "Ростислав",
            "Болеслав",
            "Тихомир",
            "Ратибор",
            "Святополк",
            "Мстислав",
            "Яромир");
    private static final List<String> WOMEN = List.of(
            "Василиса",
            "Милолика",
            "Снежана",
            "Ладослава",
            "Пересвета",
            "Любомира",
            "Велислава",
            "Млада-Анна",
            "Чеслава",
            "Богдана");
    private static final List<String> FATHERS = List.of(
            "Ратиборов", "Святозаров", "Добрынов", "Остромиров", "Всеславов", "Яромиров", "Белогоров", "Светозаров");

    static InventedPerson any(Random random) {
        return withSurname(random, SURNAMES.get(random.nextInt(SURNAMES.size())));
    }

    /** A spouse or child. */
    InventedPerson relative(Random random) {
        return withSurname(random, female ? surname.substring(0, surname.length() - 1) : surname);
    }

    /** «Фамилия Имя Отчество». */
    String fullName() {
        return surname + " " + name + " " + patronymic;
    }

    private static InventedPerson withSurname(Random random, String surname) {
        boolean female = random.nextBoolean();
        List<String> names = female ? WOMEN : MEN;
        return new InventedPerson(
                surname + (female ? "а" : ""),
                names.get(random.nextInt(names.size())),
                FATHERS.get(random.nextInt(FATHERS.size())) + (female ? "на" : "ич"),
                female);
    }

    @Override
    public String toString() {
        return "InventedPerson";
    }
}
