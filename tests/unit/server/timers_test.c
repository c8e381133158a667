/* The heap of deadlines, compared with a model that searches all of them. */
#include <stdlib.h>

#include "fake.h"

#define COUNT 200

struct subject {
    struct stellar__timer timer;
    uint64_t deadline; /* in the model; UINT64_MAX: not set */
};

static struct stellar__timers timers;
static struct subject subjects[COUNT];
static uint64_t last_fired;
static unsigned fired;
static uint32_t random_state;


static uint32_t draw(uint32_t below)
{
    random_state = random_state * 1664525 + 1013904223;
    return (random_state >> 8) % below;
}


static uint64_t earliest(void)
{
    uint64_t deadline = UINT64_MAX;
    size_t i;

    for (i = 0; i < COUNT; i++) {
        deadline = subjects[i].deadline < deadline ? subjects[i].deadline : deadline;
    }
    return deadline;
}


static void fire(struct stellar__timer *timer)
{
    struct subject *subject = (struct subject *)(void *)timer;

    assert_int_equal(timer->deadline, subject->deadline);
    assert_int_equal(subject->deadline, earliest());
    assert_true(subject->deadline >= last_fired);
    last_fired = subject->deadline;
    subject->deadline = UINT64_MAX;
    fired++;
}


static int set_up(void **state)
{
    size_t i;

    (void)state;
    memset(&timers, 0, sizeof timers);
    memset(subjects, 0, sizeof subjects);
    for (i = 0; i < COUNT; i++) {
        subjects[i].deadline = UINT64_MAX;
    }
    last_fired = 0;
    fired = 0;
    random_state = 7;
    return 0;
}


static void set(struct subject *subject, uint64_t deadline,
                void (*function)(struct stellar__timer *))
{
    subject->deadline = deadline;
    stellar__timer_set(&timers, &subject->timer, deadline, function);
}


static void clear(struct subject *subject)
{
    subject->deadline = UINT64_MAX;
    stellar__timer_clear(&timers, &subject->timer);
}


static void whatever_is_done_the_earliest_deadline_comes_first(void **state)
{
    uint64_t now = 0;
    unsigned i;

    (void)state;
    for (i = 0; i < 20000; i++) {
        struct subject *subject = &subjects[draw(COUNT)];
        uint32_t what = draw(8);

        if (what < 5) {
            set(subject, now + 1 + draw(50), fire);
        } else if (what < 7) {
            clear(subject);
        } else {
            now += draw(10);
            last_fired = 0;
            stellar__timers_run(&timers, now);
            assert_true(earliest() > now);
        }
        assert_int_equal(stellar__timers_next(&timers), earliest());
    }
    assert_true(fired > 1000);
    stellar__timers_run(&timers, UINT64_MAX - 1);
    assert_int_equal(earliest(), UINT64_MAX);
    assert_null(timers.root);
}


static void clear_all(struct stellar__timer *timer)
{
    size_t i;

    fire(timer);
    for (i = 0; i < COUNT; i++) {
        clear(&subjects[i]);
    }
}


static void a_callback_may_clear_others_that_are_due(void **state)
{
    size_t i;

    (void)state;
    for (i = 0; i < COUNT; i++) {
        set(&subjects[i], 5 + i % 3, clear_all);
    }
    stellar__timers_run(&timers, 100);
    assert_int_equal(fired, 1);
    assert_int_equal(stellar__timers_next(&timers), UINT64_MAX);
}


static void set_again(struct stellar__timer *timer)
{
    uint64_t deadline = timer->deadline;

    fire(timer);
    set((struct subject *)(void *)timer, deadline + 10, set_again);
}


static void a_callback_may_set_its_timer_anew(void **state)
{
    (void)state;
    set(&subjects[0], 10, set_again);
    stellar__timers_run(&timers, 10);
    assert_int_equal(fired, 1);
    assert_int_equal(stellar__timers_next(&timers), 20);
    stellar__timers_run(&timers, 19);
    assert_int_equal(fired, 1);
    stellar__timers_run(&timers, 45);
    assert_int_equal(fired, 4);
    assert_int_equal(stellar__timers_next(&timers), 50);
}


static void a_timer_that_is_not_set_can_be_cleared(void **state)
{
    (void)state;
    clear(&subjects[0]);
    set(&subjects[0], 3, fire);
    clear(&subjects[0]);
    clear(&subjects[0]);
    stellar__timers_run(&timers, 100);
    assert_int_equal(fired, 0);
}


int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(whatever_is_done_the_earliest_deadline_comes_first,
                               set_up),
        cmocka_unit_test_setup(a_callback_may_clear_others_that_are_due, set_up),
        cmocka_unit_test_setup(a_callback_may_set_its_timer_anew, set_up),
        cmocka_unit_test_setup(a_timer_that_is_not_set_can_be_cleared, set_up),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
