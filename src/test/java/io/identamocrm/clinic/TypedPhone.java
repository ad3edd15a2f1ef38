package io.identamocrm.clinic;

import java.util.Random;

/** Phones as a receptionist types them. The numbers are valid Russian mobile numbers that nobody has been given: 9xx 000-xx-xx. */
final class TypedPhone {

    /** Ways in which no usable Russian number is typed. */
    private static final String[] UNUSABLE = {
        null, "", "   ", "000-12-34", "нет телефона", "+44 7700 900123", "8 (900) 000"
    };

    private TypedPhone() {}

    /** The ten digits of the n-th number, 0 ≤ n < 1,000,000; all differ. */
    static String digits(int n) {
        return "9%02d000%04d".formatted(n % 100, n / 100);
    }

    /** The ten digits of a second number of the same owner; never equal to any of {@link #digits}. */
    static String secondDigits(int n) {
        return "9%02d001%04d".formatted(n % 100, n / 100);
    }

    /** One usable number in one of the tidy forms. */
    static String tidy(String digits, Random random) {
        String code = digits.substring(0, 3);
        String a = digits.substring(3, 6);
        String b = digits.substring(6, 8);
        String c = digits.substring(8);
        return switch (random.nextInt(8)) {
            case 0, 1 -> "+7" + digits;
            case 2, 3 -> "8 (%s) %s-%s-%s".formatted(code, a, b, c);
            case 4 -> digits;
            case 5 -> "+7 %s %s %s %s".formatted(code, a, b, c);
            case 6 -> "8.%s.%s.%s.%s".formatted(code, a, b, c);
            default -> "8-%s-%s-%s-%s".formatted(code, a, b, c);
        };
    }

    /** A usable number with something around it: an extension, words, or a second number. */
    static String crowded(String digits, String second, Random random) {
        String tidy = tidy(digits, random);
        return switch (random.nextInt(6)) {
            case 0 -> tidy + " доб. 12";
            case 1 -> "моб. " + tidy + " (мама)";
            case 2 -> "8" + digits + ", 8" + second;
            case 3 -> "+7" + digits + "; " + tidy(second, random);
            case 4 -> "8" + digits + "/8" + second;
            default -> " " + tidy + "  звонить после 18 ";
        };
    }

    static String unusable(Random random) {
        return UNUSABLE[random.nextInt(UNUSABLE.length)];
    }
}
